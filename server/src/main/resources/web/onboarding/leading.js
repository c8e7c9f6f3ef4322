import { el } from "../shared/dom.js";
import { stepBefore } from "./place.js";

/** A link back to the step before `step`, or before the end; none at the first one. */
export function backTo(view, step, go) {
  const before = stepBefore(view, step);
  if (!before) {
    return null;
  }
  const said = { class: "link back", type: "button", "aria-label": `Back to: ${before.title}` };
  return el("p", { class: "leading" }, el("button", { ...said, onclick: () => go(before.id) }, "Back"));
}

/** A quiet way out at the foot of what is still open. */
export function notNow(view, dismiss) {
  return view.state === "open"
    ? el("p", { class: "foot" }, el("button", { class: "link quiet", type: "button", onclick: dismiss }, "Not now"))
    : null;
}
