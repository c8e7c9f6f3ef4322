import { el } from "../../shared/dom.js";
import { line } from "./text.js";
import { textControl } from "./textControl.js";

/** A list of texts, one per line. */
export const lines = {
  draftOf: (answer) => (Array.isArray(answer) ? answer.join("\n") : ""),
  format: (answer) => answer.join(", "),
  make(field, changed) {
    const input = el("textarea", { id: field.id, class: "plain", rows: 4, spellcheck: "false", ...line(field), oninput: changed });
    return { ...textControl(input, { emptyAnswer: [], valueOf: listIn }), entry: (index) => listIn(input.value)?.[index] };
  },
};

function listIn(text) {
  const list = text.split("\n").map((item) => item.trim()).filter((item) => item !== "");
  return list.length === 0 ? undefined : list;
}
