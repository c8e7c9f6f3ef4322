import { el } from "../shared/dom.js";
import { messageOf, offlineNote } from "../shared/offline.js";
import { untilReached } from "../shared/reconnect.js";
import { CookieRejected } from "../shared/sessions.js";

/**
 * Submits one action at a time, and retries until the server is reached; `element` shows the state. `announce` reads a
 * text aloud in screen readers, `safe` tells people that their input is not lost.
 */
export function createSubmission({ announce, safe }) {
  const element = el("div", { class: "submission" });
  const offline = offlineNote(safe);
  let running;

  /** Runs `action` after a press on `button`, then `onSuccess` with its result or `onError` with the error. */
  async function send(button, action, { onSuccess, onError }) {
    const label = button.textContent;
    running = new AbortController();
    element.replaceChildren();
    button.setAttribute("aria-disabled", "true");
    try {
      const options = { waiting: (wait) => showWaiting(button, wait), signal: running.signal };
      await onSuccess(await untilReached(() => attempt(button, action), options));
    } catch (error) {
      await handle(error, onError);
    } finally {
      running = undefined;
      button.removeAttribute("aria-disabled");
      button.textContent = label;
    }
  }

  function attempt(button, action) {
    button.textContent = "One moment…";
    return action();
  }

  function showWaiting(button, wait) {
    button.textContent = "Waiting…";
    offline.waiting(wait);
    if (!offline.element.isConnected) {
      element.replaceChildren(offline.element);
      announce(`${messageOf(wait.detail)} ${safe} We'll send it as soon as we can.`);
    }
  }

  async function handle(error, onError) {
    element.replaceChildren();
    if (error === "edited") {
      show(el("p", { class: "note" }, "Not sent yet. Your answer is saved on this device. Send it when you're ready."));
    } else if (error !== "left") {
      await onError(error);
    }
  }

  /** Shows errors that belong to no field. */
  function showErrors(messages) {
    show(el("div", { class: "error", role: "alert" }, ...messages.map((message) => el("p", {}, message))));
  }

  /** For errors that are not the server's. A bug of this page is not hidden. */
  function fail(error) {
    if (!(error instanceof CookieRejected)) {
      throw error;
    }
    showErrors([error.message]);
  }

  function show(note) {
    element.replaceChildren(note);
  }

  return {
    element,
    isBusy: () => running !== undefined,
    send,
    showErrors,
    fail,
    show,
    /** Someone who types while a retry is pending does not want to send the unfinished answer. */
    edited: () => running?.abort("edited"),
    leave: () => running?.abort("left"),
  };
}
