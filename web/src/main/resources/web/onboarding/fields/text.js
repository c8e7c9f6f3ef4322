import { el } from "../../shared/dom.js";
import { labelling } from "./fieldFrame.js";
import { textControl } from "./textControl.js";

const TYPES = { email: "email", "idn-email": "email", uri: "url", iri: "url" };

/** One line of text; addresses get the matching keyboard on a phone. */
export const text = {
  draftOf: (answer) => String(answer ?? ""),
  format: (answer) => String(answer),
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
    return textControl(input, { valueOf: (value) => value || undefined });
  },
};

/** The attributes that all text fields share. */
export function line({ schema, ui, required, ...field }, ...more) {
  return {
    name: field.name || "answer",
    placeholder: ui.placeholder ?? schema.examples?.[0],
    autocomplete: ui.autocomplete || "off",
    "aria-required": required ? "true" : null,
    ...labelling(field, ...more),
  };
}
