import { el } from "../shared/dom.js";
import { visibleSteps } from "./place.js";
import { answerLines } from "./answerText.js";

/** All answers for review; `go` shows a step that can be changed. */
export function summaryOf(view, go) {
  const questions = visibleSteps(view).filter(({ input }) => input);
  return questions.length === 0 ? null : el("dl", { class: "summary" }, ...questions.map((step) => rowOf(step, go)));
}

function rowOf(step, go) {
  const changes = step.revisable || !step.done;
  const verb = step.state === "done" ? "Change" : "Answer";
  return el(
    "div",
    { class: "summary-row" },
    el("dt", {}, step.title),
    el("dd", {}, ...answerParts(step)),
    changes && el("dd", { class: "summary-change" }, changeOf(step, verb, go)),
  );
}

/** The answer to a step, one line per field. */
export function answerParts(step) {
  const lines = answerLines(step);
  if (lines.length === 0) {
    return [el("p", { class: "quiet" }, step.state === "skipped" ? "Skipped" : "Not answered yet")];
  }
  return lines.map(({ label, text }) =>
    el("p", {}, label && el("span", { class: "quiet" }, `${label}: `), el("span", { class: "answer-text" }, text)),
  );
}

const changeOf = (step, verb, go) =>
  el("button", { class: "link", type: "button", "aria-label": `${verb}: ${step.title}`, onclick: () => go(step.id) }, verb);
