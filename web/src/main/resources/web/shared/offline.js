import { el } from "./dom.js";

/**
 * A note for when the server cannot be reached, with a button that retries at once. `safe` tells people what is not
 * lost. Pass `waiting` to `untilReached`: it updates the text and keeps the button and its focus.
 */
export function offlineNote(safe) {
  let tryNow = () => {};
  const message = el("p");
  const button = el("button", { class: "button button-plain", type: "button", onclick: () => tryNow() }, "Try now");
  return {
    element: el("div", { class: "note note-row" }, message, button),
    waiting({ detail, seconds, again }) {
      tryNow = again;
      message.textContent = `${messageOf(detail)} ${safe} Trying again in ${seconds} s.`;
    },
  };
}

/** The same as a whole screen, if there is nothing else to show yet: `show` is called once with it. */
export function offlineScreen(show) {
  const note = offlineNote("What you typed is saved on this device.");
  const screen = el("section", { class: "screen" }, el("h1", {}, "We can't connect."), note.element);
  return {
    waiting(wait) {
      note.waiting(wait);
      if (!screen.isConnected) {
        show(screen);
      }
    },
  };
}

export const messageOf = (detail) => detail || "We can't reach the server right now.";
