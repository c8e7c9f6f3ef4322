import { el } from "../../shared/dom.js";
import { line } from "./text.js";
import { writing } from "./writing.js";

/** A list of texts, one a line. */
export const lines = {
  draftOf: (answer) => (Array.isArray(answer) ? answer.join("\n") : ""),
  say: (answer) => answer.join(", "),
  make(field, changed) {
    const input = el("textarea", { id: field.id, class: "plain", rows: 4, spellcheck: "false", ...line(field), oninput: changed });
    return { ...writing(input, { nothing: [], valueOf: listIn }), entry: (index) => listIn(input.value)?.[index] };
  },
};

function listIn(said) {
  const list = said.split("\n").map((item) => item.trim()).filter((item) => item !== "");
  return list.length === 0 ? undefined : list;
}
