import { el } from "../shared/dom.js";
import { lostNote, wordsOf } from "../shared/lost.js";
import { untilReached } from "../shared/retry.js";
import { CookieRefused } from "../shared/sessions.js";

/**
 * Sends one thing at a time, and again by itself until the server is reached; `element` says so meanwhile. `say`
 * speaks to a screen reader, `safe` is said of what was put in.
 */
export function sending({ say, safe }) {
  const element = el("div", { class: "trouble" });
  const lost = lostNote(safe);
  let under;

  /** Runs `action` for whoever pressed `button`, then `taken` with its answer, or `refused` with what went wrong. */
  async function send(button, action, { taken, refused }) {
    const label = button.textContent;
    under = new AbortController();
    element.replaceChildren();
    button.setAttribute("aria-disabled", "true");
    try {
      await taken(await untilReached(() => attempt(button, action), { waiting: (wait) => waiting(button, wait), signal: under.signal }));
    } catch (refusal) {
      await told(refusal, refused);
    } finally {
      under = undefined;
      button.removeAttribute("aria-disabled");
      button.textContent = label;
    }
  }

  function attempt(button, action) {
    button.textContent = "One moment…";
    return action();
  }

  function waiting(button, wait) {
    button.textContent = "Waiting…";
    lost.waiting(wait);
    if (!lost.element.isConnected) {
      element.replaceChildren(lost.element);
      say(`${wordsOf(wait.detail)} ${safe} It is sent again by itself.`);
    }
  }

  async function told(refusal, refused) {
    element.replaceChildren();
    if (refusal === "edited") {
      show(el("p", { class: "note" }, "Not sent yet. Your answer is kept here; send it when you are ready."));
    } else if (refusal !== "left") {
      await refused(refusal);
    }
  }

  /** Says what was refused where it belongs to no field. */
  function tell(details) {
    show(el("div", { class: "refusal", role: "alert" }, ...details.map((detail) => el("p", {}, detail))));
  }

  /** For what is no word of the server's. A mistake of this page's own is not hidden. */
  function failed(failure) {
    if (!(failure instanceof CookieRefused)) {
      throw failure;
    }
    tell([failure.message]);
  }

  function show(note) {
    element.replaceChildren(note);
  }

  return {
    element,
    isBusy: () => under !== undefined,
    send,
    tell,
    failed,
    show,
    /** Who goes on writing while a repeat waits does not want the half-finished answer sent. */
    edited: () => under?.abort("edited"),
    leave: () => under?.abort("left"),
  };
}
