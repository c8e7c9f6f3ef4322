import { clarityMeter } from "../shared/clarity.js";
import { el } from "../shared/dom.js";
import { layerName } from "../shared/layers.js";
import { lostNote } from "../shared/lost.js";
import { canDraw } from "./emoji.js";

/** What the declaration became: at once with its celebration, later as a quiet return to it. */
export function madeScreen({ status, kblock, celebration, justification, note, color, studio, enter }) {
  const trouble = el("div", { class: "trouble", role: "status" });
  const lost = lostNote("Your declaration is kept.");
  const button = el("button", { class: "button", type: "button", onclick: enterStudio }, "Enter the studio");
  const screen = el(
    "section",
    { class: "screen" },
    el("h1", {}, celebration?.message || (kblock ? "You have laid your first stone." : "The studio is one step away.")),
    celebration
      ? el("p", { class: "eyebrow made-as" }, emojiOf(celebration), "Your declaration is now a K-Block")
      : el("p", { class: "lead" }, kblock ? "Welcome back. What you declared is kept, and the studio is open." : "Welcome back. Nothing else is asked of you here."),
    note && noteOf(note),
    kblock ? kblockOf(kblock, justification) : declarationOf(status),
    trouble,
    el("div", { class: "actions" }, button),
  );
  if (color) {
    screen.style.setProperty("--accent", color);
  }

  async function enterStudio() {
    if (button.getAttribute("aria-disabled")) {
      return;
    }
    button.setAttribute("aria-disabled", "true");
    try {
      await enter(waiting);
    } catch (refusal) {
      trouble.replaceChildren(
        el("div", { class: "note note-row" }, el("p", {}, refusal.message), el("a", { href: studio }, "Go to the studio")),
      );
      button.removeAttribute("aria-disabled");
    }
  }

  function waiting(wait) {
    lost.waiting(wait);
    if (!lost.element.isConnected) {
      trouble.replaceChildren(lost.element);
    }
  }

  return screen;
}

/** Left out where the device has no picture for it: a box with a cross in it celebrates nothing. */
function emojiOf({ emoji }) {
  return canDraw(emoji) ? el("span", { class: "emoji", "aria-hidden": "true" }, emoji) : null;
}

function kblockOf(kblock, justification) {
  return el(
    "div",
    { class: "made" },
    el(
      "article",
      { class: "kblock", "aria-label": "Your K-Block" },
      el("p", { class: "eyebrow" }, layerName(kblock.layer)),
      el("p", { class: "kblock-title" }, kblock.title),
    ),
    clarityMeter(kblock.loss, justification),
  );
}

function declarationOf(status) {
  return status?.first_declaration
    ? el("blockquote", { class: "kblock" }, el("p", { class: "kblock-title" }, status.first_declaration))
    : null;
}

function noteOf({ moved, unsent }) {
  if (moved) {
    return el("p", { class: "note" }, "Your earlier session had been cleared away, so a new one was started. Nothing you wrote was lost.");
  }
  return el(
    "div",
    { class: "note" },
    el("p", {}, "You had already declared this, here or elsewhere, so that one stands. The text you wrote just now was not sent:"),
    el("p", { class: "unsent" }, unsent),
  );
}
