import { el } from "../../shared/dom.js";
import { line } from "./text.js";
import { writing } from "./writing.js";

/** Digits that a number of this language keeps, whatever they are. */
const EXACT_DIGITS = 15;
const UNGROUPED = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/;
const GROUPED = /^([+-]?)([1-9]\d{0,2}(?:([\s'’.,])\d{3})(?:\3\d{3})*)((?!\3)[.,]\d+)?$/;
const TWOFOLD = /^([+-]?)([1-9]\d{0,2})([.,])(\d{3})$/;

/** Whether the reader is used to points between thousands; in the page's own English they stand before decimals. */
const POINT_GROUPS = new Intl.NumberFormat(navigator.language)
  .formatToParts(1234567)
  .some(({ type, value }) => type === "group" && value === ".");

/** A number, written as text so that half of one is kept too. */
export const number = {
  draftOf: (answer) => saidOf(answer ?? "", { useGrouping: false }),
  say: (answer, { ui }) => [saidOf(answer), ui.suffix].filter(Boolean).join(" "),
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
    return { ...writing(input, { valueOf: numberIn }), explain: () => explained(input.value, field) };
  },
};

/** The number that a text says; what says none, or could say two, is sent as it is, for the server to refuse. */
function numberIn(said) {
  const text = said.trim();
  if (text === "") {
    return undefined;
  }
  const written = twofold(text) ? undefined : plain(text);
  return written !== undefined && isExact(written) ? Number(written) : said;
}

/** What to write instead of a number that could be two, or is none that this page can send unchanged. */
function explained(said, { schema }) {
  const text = said.trim();
  const both = twofold(text);
  if (both && [schema.type].flat().includes("number")) {
    return `could be read in two ways. Write ${both.whole}, or ${both.fraction}.`;
  }
  if (both) {
    return `could be read in two ways. If you mean ${both.whole}, write it so.`;
  }
  const written = plain(text);
  const isCut = written !== undefined && !isExact(written);
  return isCut ? `has more digits than this page can send: ${EXACT_DIGITS} at most` : undefined;
}

/** The two numbers of a text whose one mark may stand between thousands or before decimals. */
function twofold(text) {
  const [, sign, whole, mark, rest] = TWOFOLD.exec(text) || [];
  if (mark === undefined || (mark === "." && !POINT_GROUPS)) {
    return undefined;
  }
  const short = rest.replace(/0+$/, "");
  const decimals = short.length === 3 ? `${short}0` : short || "0";
  return { whole: sign + whole + rest, fraction: `${sign}${whole}.${decimals}` };
}

/** The same number as digits with a point, undefined where the text is no number. */
function plain(text) {
  if (UNGROUPED.test(text)) {
    return text.replace(",", ".");
  }
  const [, sign, whole, , decimals = ""] = GROUPED.exec(text) || [];
  return whole && sign + whole.replace(/\D/g, "") + decimals.replace(",", ".");
}

/** Whether a number keeps all its digits on its way. */
const isExact = (written) => written.replace(/\D/g, "").replace(/^0+/, "").length <= EXACT_DIGITS;

/** All the digits of an answer; one from before its schema was changed may be no number. */
const saidOf = (answer, how) =>
  typeof answer === "number" ? answer.toLocaleString("en", { maximumFractionDigits: 20, ...how }) : String(answer);
