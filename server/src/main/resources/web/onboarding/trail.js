import { el } from "../shared/dom.js";
import { leadsToStudio, visibleSteps } from "./place.js";

const FEW = 7;
const TOO_MANY = 18;

/**
 * How far somebody is: one mark for each step, and one for the studio where the flow leads there. Where there are
 * several steps it opens a list of them; `go` takes the reader to one that they may look at again.
 */
export function drawTrail(trail, view, { step, go }) {
  if (view.state === "dismissed") {
    return trail.replaceChildren();
  }
  const steps = visibleSteps(view);
  const studio = leadsToStudio(view);
  const all = steps.length + (studio ? 1 : 0);
  const now = view.current_step === "completed" ? all : steps.filter((candidate) => candidate.done).length;
  const at = step ? steps.findIndex(({ id }) => id === step.id) : now;
  const words = `Step ${Math.min(at + 1, all)} of ${all}`;
  const marks = Array.from({ length: all }, (_, index) => el("span", { class: markOf(steps[index], index, at, now) }));
  if (steps.length < 2) {
    const here = steps.find((candidate) => !candidate.done)?.title || (studio && "Enter the studio");
    const line = el("div", { class: "trail-line", ...measure(all, now, studio, here) }, ...marks);
    return trail.replaceChildren(el("p", { class: "quiet", "aria-hidden": "true" }, words), line);
  }
  const line = el("div", { class: all > FEW ? "trail-line many" : "trail-line", "aria-hidden": "true" }, ...marks);
  trail.replaceChildren(
    el(
      "details",
      { class: "trail-all", onkeydown: closeByKey, onfocusout: closeBehind },
      el(
        "summary",
        { class: "trail-open" },
        el("span", { class: "quiet" }, step || view.next_step ? words : "All steps"),
        all <= TOO_MANY && line,
      ),
      el("div", { class: "trail-sheet", tabindex: -1 }, el("p", { class: "eyebrow" }, view.title), listOf(steps, step, go)),
    ),
  );
}

function markOf(step, index, at, now) {
  const isDone = step ? step.done : index < now;
  return ["trail-mark", isDone && "done", index === at && "now"].filter(Boolean).join(" ");
}

const measure = (all, now, studio, here) => ({
  role: "progressbar",
  "aria-label": studio ? "Your way to the studio" : "Your way",
  "aria-valuemin": 0,
  "aria-valuemax": all,
  "aria-valuenow": now,
  "aria-valuetext": `${now} of ${all} done${now === all || !here ? "" : `, now: ${here}`}`,
});

function listOf(steps, here, go) {
  return el("ol", { class: "trail-list" }, ...steps.map((step) => itemOf(step, step.id === here?.id, go)));
}

function itemOf(step, isHere, go) {
  const mark = el("span", { class: markOf(step, 0, isHere ? 0 : 1, 0), "aria-hidden": "true" });
  const said = { done: "done", skipped: "skipped", open: "" }[step.state];
  const state = said && el("span", { class: "quiet" }, said);
  if (isHere) {
    return el("li", { class: "here", "aria-current": "step" }, mark, el("span", {}, step.title), state);
  }
  return step.reachable
    ? el("li", {}, mark, el("button", { class: "link", type: "button", onclick: () => go(step.id) }, step.title), state)
    : el("li", { class: "later" }, mark, el("span", {}, step.title));
}

function closeByKey(event) {
  if (event.key === "Escape" && this.open) {
    this.open = false;
    this.querySelector("summary").focus();
  }
}

/** Closes once neither the reader's place nor their finger is on it any more. */
function closeBehind(event) {
  if (!this.contains(event.relatedTarget)) {
    this.open = false;
  }
}
