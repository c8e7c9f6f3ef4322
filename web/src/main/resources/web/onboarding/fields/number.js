import { el } from "../../shared/dom.js";
import { line } from "./text.js";
import { textControl } from "./textControl.js";

/** Digits that a JavaScript number always preserves. */
const EXACT_DIGITS = 15;
const UNGROUPED = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/;
const GROUPED = /^([+-]?)([1-9]\d{0,2}(?:([\s'’.,])\d{3})(?:\3\d{3})*)((?!\3)[.,]\d+)?$/;
const AMBIGUOUS = /^([+-]?)([1-9]\d{0,2})([.,])(\d{3})$/;

/** Whether the reader's language groups digits with points; in the page's own English a point means decimals. */
const POINT_GROUPS = new Intl.NumberFormat(navigator.language)
  .formatToParts(1234567)
  .some(({ type, value }) => type === "group" && value === ".");

/** A number in a text field, so that an incomplete one can be saved too. */
export const number = {
  draftOf: (answer) => textOf(answer ?? "", { useGrouping: false }),
  format: (answer, { ui }) => [textOf(answer), ui.suffix].filter(Boolean).join(" "),
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
    return { ...textControl(input, { valueOf: numberIn }), explain: () => explanation(input.value, field) };
  },
};

/** The number in a text. Text that is not a number, or ambiguous, is sent as it is, so that the server rejects it. */
function numberIn(input) {
  const text = input.trim();
  if (text === "") {
    return undefined;
  }
  const written = ambiguous(text) ? undefined : plain(text);
  return written !== undefined && isExact(written) ? Number(written) : input;
}

/** What to type instead of a number that is ambiguous or has too many digits. */
function explanation(input, { schema }) {
  const text = input.trim();
  const readings = ambiguous(text);
  if (readings && [schema.type].flat().includes("number")) {
    return `is ambiguous. Enter ${readings.whole} or ${readings.fraction}.`;
  }
  if (readings) {
    return `is ambiguous. Did you mean ${readings.whole}? Enter it without separators.`;
  }
  const written = plain(text);
  const isTooLong = written !== undefined && !isExact(written);
  return isTooLong ? `has too many digits: enter at most ${EXACT_DIGITS}` : undefined;
}

/** The two readings of a text whose only separator may group thousands or begin decimals. */
function ambiguous(text) {
  const [, sign, whole, separator, rest] = AMBIGUOUS.exec(text) || [];
  if (separator === undefined || (separator === "." && !POINT_GROUPS)) {
    return undefined;
  }
  const short = rest.replace(/0+$/, "");
  const decimals = short.length === 3 ? `${short}0` : short || "0";
  return { whole: sign + whole + rest, fraction: `${sign}${whole}.${decimals}` };
}

/** The number as digits with a decimal point, undefined if the text is not a number. */
function plain(text) {
  if (UNGROUPED.test(text)) {
    return text.replace(",", ".");
  }
  const [, sign, whole, , decimals = ""] = GROUPED.exec(text) || [];
  return whole && sign + whole.replace(/\D/g, "") + decimals.replace(",", ".");
}

/** Whether a JavaScript number preserves all digits. */
const isExact = (written) => written.replace(/\D/g, "").replace(/^0+/, "").length <= EXACT_DIGITS;

/** All digits of an answer; one from before a change of its schema may be no number. */
const textOf = (answer, options) =>
  typeof answer === "number" ? answer.toLocaleString("en", { maximumFractionDigits: 20, ...options }) : String(answer);
