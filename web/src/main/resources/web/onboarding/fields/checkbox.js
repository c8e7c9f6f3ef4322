import { el } from "../../shared/dom.js";
import { labelling } from "./fieldFrame.js";
import { markInvalid } from "./textControl.js";

/**
 * One box to tick. For yes or no, unticked means no. For terms to accept (`const: true`), an optional box that is not
 * ticked gives no value.
 */
export const checkbox = {
  draftOf: (answer) => answer === true,
  format: (answer) => (answer ? "Yes" : "No"),
  make(field, changed) {
    const { "aria-describedby": described } = labelling(field);
    const input = el("input", {
      id: field.id,
      type: "checkbox",
      name: field.name || "answer",
      "aria-labelledby": `${field.id}-label`,
      "aria-describedby": described,
      onchange: changed,
    });
    const title = el("span", { id: `${field.id}-label`, class: "option-title" }, field.label || field.schema.title || "Yes");
    const accepts = field.schema.const === true;
    const needed = accepts && field.required && el("span", { class: "quiet required" }, "required");
    return {
      labelled: true,
      element: el("label", { class: "option", for: field.id }, input, title, needed),
      target: input,
      draft: () => input.checked,
      write: (draft) => (input.checked = draft === true),
      value: () => input.checked || (accepts && !field.required ? undefined : false),
      explain: () => (accepts && !input.checked ? "must be ticked to continue" : undefined),
      mark: (isInvalid) => markInvalid(input, isInvalid),
    };
  },
};
