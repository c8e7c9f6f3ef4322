import { el } from "../shared/dom.js";
import { backTo } from "./leading.js";
import { saidAt } from "./summary.js";

/** A step whose answer stands for good: to look at, and to go on from. */
export function standingScreen({ view, step, note, ways }) {
  const screen = el(
    "section",
    { class: "screen" },
    backTo(view, step, ways.go),
    el("h1", {}, step.title),
    note,
    el("div", { class: "standing" }, ...saidAt(step)),
    el("p", { class: "quiet" }, "This stands as it is. It cannot be changed here."),
    el("div", { class: "actions" }, el("button", { class: "button", type: "button", onclick: () => ways.go() }, "Continue")),
  );
  return { screen, title: step.title, leave() {} };
}
