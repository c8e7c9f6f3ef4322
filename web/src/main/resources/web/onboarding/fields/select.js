import { el } from "../../shared/dom.js";
import { draftOfValue, titleOf } from "./options.js";
import { labelling } from "./fieldFrame.js";
import { markInvalid } from "./textControl.js";

/** One choice out of many. */
export const select = {
  draftOf: (answer) => (answer === undefined ? "" : draftOfValue(answer)),
  format: titleOf,
  make(field, changed) {
    const options = field.choices.map(({ value, title }) => el("option", { value: draftOfValue(value) }, title));
    const input = el(
      "select",
      {
        id: field.id,
        class: "line",
        name: field.name || "answer",
        autocomplete: field.ui.autocomplete || "off",
        "aria-required": field.required ? "true" : null,
        ...labelling(field),
        onchange: changed,
      },
      el("option", { value: "" }, field.ui.placeholder || "Choose one"),
      ...options,
    );
    return {
      element: el("div", { class: "select" }, input),
      target: input,
      draft: () => input.value,
      write: (draft) => (input.value = options.some(({ value }) => value === draft) ? draft : ""),
      value: () => field.choices.find(({ value }) => draftOfValue(value) === input.value)?.value,
      mark: (isInvalid) => markInvalid(input, isInvalid),
    };
  },
};
