import { el } from "../../shared/dom.js";
import { line } from "./text.js";
import { writing } from "./writing.js";

/** A number, written as text so that half of one is kept too. */
export const number = {
  draftOf: (answer) => String(answer ?? ""),
  say: (answer, { ui }) => [Number(answer).toLocaleString("en"), ui.suffix].filter(Boolean).join(" "),
  make(field, changed) {
    const { suffix } = field.ui;
    const input = el("input", {
      id: field.id,
      class: "line line-short",
      type: "text",
      inputmode: [field.schema.type].flat().includes("integer") ? "numeric" : "decimal",
      ...line(field, suffix && `${field.id}-suffix`),
      oninput: changed,
    });
    if (suffix) {
      el("div", { class: "with-suffix" }, input, el("span", { id: `${field.id}-suffix` }, suffix));
    }
    return writing(input, { valueOf: numberIn });
  },
};

/** The number that a text says, also with commas or spaces between thousands; what says none is sent as it is. */
function numberIn(said) {
  const plain = said.replace(/\s/g, "");
  if (plain === "") {
    return undefined;
  }
  const thousands = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain);
  const written = thousands ? plain.replaceAll(",", "") : plain.replace(",", ".");
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(written);
  return isNumber && Math.abs(Number(written)) <= Number.MAX_SAFE_INTEGER ? Number(written) : said;
}
