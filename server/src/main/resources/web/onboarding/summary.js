import { el } from "../shared/dom.js";
import { visibleSteps } from "./place.js";
import { wordsOf } from "./words.js";

/** All that was answered, to be looked over; `go` takes the reader to a step that they may change. */
export function summaryOf(view, go) {
  const asked = visibleSteps(view).filter(({ input }) => input);
  return asked.length === 0 ? null : el("dl", { class: "summary" }, ...asked.map((step) => rowOf(step, go)));
}

function rowOf(step, go) {
  const changes = step.revisable || !step.done;
  const verb = step.state === "done" ? "Change" : "Answer";
  return el(
    "div",
    { class: "summary-row" },
    el("dt", {}, step.title),
    el("dd", {}, ...saidAt(step)),
    changes && el("dd", { class: "summary-change" }, changeOf(step, verb, go)),
  );
}

/** What was said at a step, a line for each field. */
export function saidAt(step) {
  const words = wordsOf(step);
  if (words.length === 0) {
    return [el("p", { class: "quiet" }, step.state === "skipped" ? "Skipped" : "Not answered yet")];
  }
  return words.map(({ label, text }) =>
    el("p", {}, label && el("span", { class: "quiet" }, `${label}: `), el("span", { class: "said" }, text)),
  );
}

const changeOf = (step, verb, go) =>
  el("button", { class: "link", type: "button", "aria-label": `${verb}: ${step.title}`, onclick: () => go(step.id) }, verb);
