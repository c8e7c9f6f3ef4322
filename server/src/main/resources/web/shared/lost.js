import { el } from "./dom.js";

/**
 * What is said while the server cannot be reached: a note with a button that tries at once. `kept` says what is
 * safe meanwhile. `waiting` goes to `untilReached`; it renews the words and leaves the button, and who is on it, alone.
 */
export function lostNote(kept) {
  let tryNow = () => {};
  const words = el("p");
  const button = el("button", { class: "button button-plain", type: "button", onclick: () => tryNow() }, "Try now");
  return {
    element: el("div", { class: "note note-row" }, words, button),
    waiting({ detail, seconds, again }) {
      tryNow = again;
      words.textContent = `${wordsOf(detail)} ${kept} Trying again by itself in ${seconds} s.`;
    },
  };
}

/** The same as a whole screen, for when there is nothing else to show yet: `show` is called once with it. */
export function lostScreen(show) {
  const note = lostNote("Anything you have typed is kept on this device.");
  const screen = el("section", { class: "screen" }, el("h1", {}, "We cannot reach the server."), note.element);
  return {
    waiting(wait) {
      note.waiting(wait);
      if (!screen.isConnected) {
        show(screen);
      }
    },
  };
}

export const wordsOf = (detail) => detail || "The server cannot be reached just now.";
