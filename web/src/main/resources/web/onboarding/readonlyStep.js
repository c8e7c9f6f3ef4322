import { el } from "../shared/dom.js";
import { backLink } from "./navigation.js";
import { answerParts } from "./summary.js";

/** A step whose answer is final: people can read it and continue. */
export function readonlyStepScreen({ view, step, note, actions }) {
  const screen = el(
    "section",
    { class: "screen" },
    backLink(view, step, actions.go),
    el("h1", {}, step.title),
    note,
    el("div", { class: "readonly-answer" }, ...answerParts(step)),
    el("p", { class: "quiet" }, "This answer is final and can't be changed."),
    el("div", { class: "actions" }, el("button", { class: "button", type: "button", onclick: () => actions.go() }, "Continue")),
  );
  return { screen, title: step.title, leave() {} };
}
