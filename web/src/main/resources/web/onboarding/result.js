import { clarityMeter } from "../shared/clarity.js";
import { el } from "../shared/dom.js";
import { layerName } from "../shared/layers.js";
import { canDraw } from "./emoji.js";
import { createSubmission } from "./submit.js";

/**
 * The K-Block that a declaration created: with its celebration at first, plain on a later visit. `goToNext` continues
 * with the next step; without it, `enter` takes the person to the studio.
 */
export function resultScreen({ view, kblock, celebration, justification, note, color, studio, announce, goToNext, enter }) {
  const submission = createSubmission({ announce, safe: "Your declaration is saved." });
  const button = el("button", { class: "button", type: "button", onclick: press }, goToNext ? "Continue" : "Enter the studio");
  const heading = celebration?.message || headingOf(view, kblock);
  const screen = el(
    "section",
    { class: "screen" },
    el("h1", {}, heading),
    celebration
      ? el("p", { class: "eyebrow result-label" }, emojiOf(celebration), "Your declaration is now a K-Block")
      : el("p", { class: "lead" }, leadOf(kblock, goToNext)),
    note,
    kblock ? kblockOf(kblock, justification) : declarationOf(view),
    submission.element,
    el("div", { class: "actions" }, button),
  );
  if (color) {
    screen.style.setProperty("--accent", color);
  }

  function press() {
    if (goToNext) {
      goToNext();
    } else if (!submission.isBusy()) {
      submission.send(button, enter.action, { onSuccess: enter.onSuccess, onError });
    }
  }

  function onError(error) {
    submission.show(el("div", { class: "note note-row" }, el("p", {}, error.message), el("a", { href: studio }, "Go to the studio")));
  }

  return { screen, title: celebration ? celebration.message : "Your first declaration", leave: submission.leave };
}

function headingOf(view, kblock) {
  if (!kblock) {
    return "Welcome back.";
  }
  const isFirst = !view || kblock.id === view.first_kblock_id;
  return isFirst ? "Your first declaration is saved." : "Your declaration is saved.";
}

function leadOf(kblock, goToNext) {
  if (goToNext) {
    return "It is final and can't be changed.";
  }
  return kblock
    ? "Welcome back. You can enter the studio now."
    : "You're done here. You can enter the studio now.";
}

/** Left out if the device cannot draw it, so that no placeholder box appears. */
function emojiOf({ emoji }) {
  return canDraw(emoji) ? el("span", { class: "emoji", "aria-hidden": "true" }, emoji) : null;
}

function kblockOf(kblock, justification) {
  return el(
    "div",
    { class: "result" },
    el(
      "article",
      { class: "kblock", "aria-label": "Your K-Block" },
      el("p", { class: "eyebrow" }, layerName(kblock.layer)),
      el("p", { class: "kblock-title" }, kblock.title),
    ),
    clarityMeter(kblock.loss, justification || undefined),
  );
}

function declarationOf(view) {
  return view?.first_declaration
    ? el("blockquote", { class: "kblock" }, el("p", { class: "kblock-title" }, view.first_declaration))
    : null;
}
