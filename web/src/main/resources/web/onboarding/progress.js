import { el } from "../shared/dom.js";
import { leadsToStudio, visibleSteps } from "./place.js";

const FEW = 7;
const TOO_MANY = 18;

/**
 * The progress bar: one mark for each step, and one for the studio if the flow leads there. With several steps it opens
 * a list; `go` shows a step that the person can return to.
 */
export function drawProgress(progress, view, { step, go }) {
  if (view.state === "dismissed") {
    return progress.replaceChildren();
  }
  const steps = visibleSteps(view);
  const studio = leadsToStudio(view);
  const all = steps.length + (studio ? 1 : 0);
  const now = view.current_step === "completed" ? all : steps.filter((candidate) => candidate.done).length;
  const at = step ? steps.findIndex(({ id }) => id === step.id) : now;
  const label = `Step ${Math.min(at + 1, all)} of ${all}`;
  const marks = Array.from({ length: all }, (_, index) => el("span", { class: markOf(steps[index], index, at, now) }));
  if (steps.length < 2) {
    const here = steps.find((candidate) => !candidate.done)?.title || (studio && "Enter the studio");
    const line = el("div", { class: "progress-line", ...measure(all, now, studio, here) }, ...marks);
    return progress.replaceChildren(el("p", { class: "quiet", "aria-hidden": "true" }, label), line);
  }
  const line = el("div", { class: all > FEW ? "progress-line many" : "progress-line", "aria-hidden": "true" }, ...marks);
  progress.replaceChildren(
    el(
      "details",
      { class: "progress-all", onkeydown: closeOnEscape, onfocusout: closeOnFocusOut },
      el(
        "summary",
        { class: "progress-open" },
        el("span", { class: "quiet" }, step || view.next_step ? label : "All steps"),
        all <= TOO_MANY && line,
      ),
      el("div", { class: "progress-sheet", tabindex: -1 }, el("p", { class: "eyebrow" }, view.title), listOf(steps, step, go)),
    ),
  );
}

function markOf(step, index, at, now) {
  const isDone = step ? step.done : index < now;
  return ["progress-mark", isDone && "done", index === at && "now"].filter(Boolean).join(" ");
}

const measure = (all, now, studio, here) => ({
  role: "progressbar",
  "aria-label": studio ? "Your progress to the studio" : "Your progress",
  "aria-valuemin": 0,
  "aria-valuemax": all,
  "aria-valuenow": now,
  "aria-valuetext": `${now} of ${all} done${now === all || !here ? "" : `, current step: ${here}`}`,
});

function listOf(steps, here, go) {
  return el("ol", { class: "progress-list" }, ...steps.map((step) => itemOf(step, step.id === here?.id, go)));
}

function itemOf(step, isHere, go) {
  const mark = el("span", { class: markOf(step, 0, isHere ? 0 : 1, 0), "aria-hidden": "true" });
  const label = { done: "done", skipped: "skipped", open: "" }[step.state];
  const state = label && el("span", { class: "quiet" }, label);
  if (isHere) {
    return el("li", { class: "here", "aria-current": "step" }, mark, el("span", {}, step.title), state);
  }
  return step.reachable
    ? el("li", {}, mark, el("button", { class: "link", type: "button", onclick: () => go(step.id) }, step.title), state)
    : el("li", { class: "later" }, mark, el("span", {}, step.title));
}

function closeOnEscape(event) {
  if (event.key === "Escape" && this.open) {
    this.open = false;
    this.querySelector("summary").focus();
  }
}

/** Closes when the focus leaves it. */
function closeOnFocusOut(event) {
  if (!this.contains(event.relatedTarget)) {
    this.open = false;
  }
}
