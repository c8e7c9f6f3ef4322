import { clarityMeter } from "../shared/clarity.js";
import { el } from "../shared/dom.js";
import { layerName } from "../shared/layers.js";
import { canDraw } from "./emoji.js";
import { sending } from "./sending.js";

/**
 * What a declaration became: at once with its celebration, later as a quiet return to it. `onward` leads on to the
 * next step; where there is none, `enter` takes the person into the studio.
 */
export function madeScreen({ view, kblock, celebration, justification, note, color, studio, say, onward, enter }) {
  const mail = sending({ say, safe: "Your declaration is kept." });
  const button = el("button", { class: "button", type: "button", onclick: press }, onward ? "Continue" : "Enter the studio");
  const heading = celebration?.message || headingOf(view, kblock);
  const screen = el(
    "section",
    { class: "screen" },
    el("h1", {}, heading),
    celebration
      ? el("p", { class: "eyebrow made-as" }, emojiOf(celebration), "Your declaration is now a K-Block")
      : el("p", { class: "lead" }, leadOf(kblock, onward)),
    note,
    kblock ? kblockOf(kblock, justification) : declarationOf(view),
    mail.element,
    el("div", { class: "actions" }, button),
  );
  if (color) {
    screen.style.setProperty("--accent", color);
  }

  function press() {
    if (onward) {
      onward();
    } else if (!mail.isBusy()) {
      mail.send(button, enter.action, { taken: enter.taken, refused });
    }
  }

  function refused(refusal) {
    mail.show(el("div", { class: "note note-row" }, el("p", {}, refusal.message), el("a", { href: studio }, "Go to the studio")));
  }

  return { screen, title: celebration ? celebration.message : "Your first declaration", leave: mail.leave };
}

function headingOf(view, kblock) {
  if (!kblock) {
    return "The studio is one step away.";
  }
  const isFirst = !view || kblock.id === view.first_kblock_id;
  return isFirst ? "You have laid your first stone." : "You have laid another stone.";
}

function leadOf(kblock, onward) {
  if (onward) {
    return "What you declared is kept, and it stands as it is.";
  }
  return kblock
    ? "Welcome back. What you declared is kept, and the studio is open."
    : "Welcome back. Nothing else is asked of you here.";
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
    clarityMeter(kblock.loss, justification || undefined),
  );
}

function declarationOf(view) {
  return view?.first_declaration
    ? el("blockquote", { class: "kblock" }, el("p", { class: "kblock-title" }, view.first_declaration))
    : null;
}
