import { el } from "../../shared/dom.js";
import { naming } from "./frame.js";
import { markInvalid } from "./writing.js";

/**
 * One box to tick. Yes or no, where what is not ticked is a no; or terms to accept (`const: true`), where who may leave
 * them and does not tick has said nothing.
 */
export const checkbox = {
  draftOf: (answer) => answer === true,
  say: (answer) => (answer ? "Yes" : "No"),
  make(field, changed) {
    const { "aria-describedby": described } = naming(field);
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
      explain: () => (accepts && !input.checked ? "has to be ticked to go on" : undefined),
      mark: (isRefused) => markInvalid(input, isRefused),
    };
  },
};
