import { el } from "../shared/dom.js";
import { stepBefore } from "./place.js";

/** A link to the step before `step`, or to the last step; null on the first one. */
export function backLink(view, step, go) {
  const before = stepBefore(view, step);
  if (!before) {
    return null;
  }
  const attributes = { class: "link back", type: "button", "aria-label": `Back to: ${before.title}` };
  return el("p", { class: "back-link" }, el("button", { ...attributes, onclick: () => go(before.id) }, "Back"));
}

/** The link "Not now" below an open session's screen. */
export function dismissLink(view, dismiss) {
  return view.state === "open"
    ? el("p", { class: "foot" }, el("button", { class: "link quiet", type: "button", onclick: dismiss }, "Not now"))
    : null;
}
