import { el } from "../../shared/dom.js";
import { markInvalid } from "./textControl.js";

/** The cards of radios and checkboxes. A choice's draft is its value as JSON. */
export function optionCards(field, type, changed) {
  const boxes = field.choices.map((choice, index) => box(field, type, choice, index, changed));
  const isCompact = field.choices.length === 2 && field.choices.every(({ title, description }) => !description && title.length < 12);
  return {
    element: el("div", { class: isCompact ? "options options-brief" : "options" }, ...boxes.map(({ card }) => card)),
    target: boxes[0].input,
    chosen: () => boxes.filter(({ input }) => input.checked).map(({ value }) => value),
    choose: (drafts) => boxes.forEach(({ input, draft }) => (input.checked = drafts.includes(draft))),
    mark: (isInvalid) => boxes.forEach(({ input }) => type === "checkbox" && markInvalid(input, isInvalid)),
  };
}

export const draftOfValue = (value) => JSON.stringify(value);

/** The title of the choice with that value. */
export function titleOf(value, { choices }) {
  const draft = draftOfValue(value);
  return choices.find((choice) => draftOfValue(choice.value) === draft)?.title ?? draft;
}

function box(field, type, { value, title, description }, index, changed) {
  const id = `${field.id}-option-${index + 1}`;
  const input = el("input", {
    id,
    type,
    name: field.name || "answer",
    "aria-labelledby": `${id}-title`,
    "aria-describedby": description && `${id}-about`,
    onchange: changed,
  });
  const card = el(
    "label",
    { class: "option", for: id },
    input,
    el(
      "span",
      { class: "option-words" },
      el("span", { id: `${id}-title`, class: "option-title" }, title),
      description && el("span", { id: `${id}-about`, class: "quiet" }, description),
    ),
  );
  return { value, draft: draftOfValue(value), input, card };
}
