import { el } from "../../shared/dom.js";
import { naming } from "./frame.js";
import { writing } from "./writing.js";

const TYPES = { email: "email", "idn-email": "email", uri: "url", iri: "url" };

/** One line of text; addresses with the keyboard that a phone has for them. */
export const text = {
  draftOf: (answer) => String(answer ?? ""),
  say: (answer) => String(answer),
  make(field, changed) {
    const type = TYPES[field.schema.format] || "text";
    const input = el("input", {
      id: field.id,
      class: "line",
      type,
      autocapitalize: type === "text" ? null : "off",
      ...line(field),
      oninput: changed,
    });
    return writing(input, { valueOf: (said) => said || undefined });
  },
};

/** What every element to write into says. */
export function line({ schema, ui, required, ...field }, ...more) {
  return {
    name: field.name || "answer",
    placeholder: ui.placeholder ?? schema.examples?.[0],
    autocomplete: ui.autocomplete || "off",
    "aria-required": required ? "true" : null,
    ...naming(field, ...more),
  };
}
