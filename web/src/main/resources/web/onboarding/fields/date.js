import { el } from "../../shared/dom.js";
import { labelling } from "./fieldFrame.js";
import { markInvalid } from "./textControl.js";

/** The reader's variant of English, because the page is in English. */
const ENGLISH = navigator.languages.find((language) => language.startsWith("en")) || "en-GB";
const MONTH = new Intl.DateTimeFormat(ENGLISH, { month: "long", timeZone: "UTC" });
const DAY = new Intl.DateTimeFormat(ENGLISH, { dateStyle: "long", timeZone: "UTC" });
const MONTHS = Array.from({ length: 12 }, (_, index) => MONTH.format(Date.UTC(2000, index)));
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A date in three fields, in the reader's usual order, so that an incomplete one can be saved too. */
export const date = {
  draftOf: (answer) => partsOf(answer),
  format: (answer) => (DATE.test(answer) ? DAY.format(new Date(answer)) : String(answer)),
  make(field, changed) {
    const { "aria-describedby": described } = labelling(field);
    const attributes = { "aria-describedby": described, "aria-required": field.required ? "true" : null };
    const inputs = {
      day: el("input", { ...attributes, ...digits(field, "day", 2), oninput: changed }),
      month: el("select", { ...attributes, id: `${field.id}-month`, class: "line", onchange: changed }, ...monthOptions()),
      year: el("input", { ...attributes, ...digits(field, "year", 4), oninput: changed }),
    };
    const order = partOrder();
    return {
      group: "group",
      element: el("div", { class: "date" }, ...order.map((part) => partOf(part, inputs[part]))),
      target: inputs[order[0]],
      draft: () => Object.fromEntries(order.map((part) => [part, inputs[part].value])),
      write: (draft) => order.forEach((part) => (inputs[part].value = draft?.[part] ?? "")),
      value: () => dateIn(inputs.year.value.trim(), inputs.month.value, inputs.day.value.trim()),
      explain: () => explanation(inputs.year.value.trim(), inputs.month.value, inputs.day.value.trim()),
      mark: (isInvalid) => order.forEach((part) => markInvalid(inputs[part], isInvalid)),
    };
  },
};

const partOf = (part, input) =>
  el("div", { class: `date-${part}` }, el("label", { class: "quiet", for: input.id }, part[0].toUpperCase() + part.slice(1)), input);

const digits = (field, part, length) => ({
  id: `${field.id}-${part}`,
  class: "line",
  type: "text",
  inputmode: "numeric",
  autocomplete: "off",
  maxlength: length,
});

const monthOptions = () => [
  el("option", { value: "" }, "Month"),
  ...MONTHS.map((name, index) => el("option", { value: String(index + 1).padStart(2, "0") }, name)),
];

function partOrder() {
  return new Intl.DateTimeFormat(navigator.language)
    .formatToParts()
    .map(({ type }) => type)
    .filter((type) => ["day", "month", "year"].includes(type));
}

function partsOf(answer) {
  const [, year, month, day] = DATE.exec(answer) || [];
  return { day: day?.replace(/^0/, "") ?? "", month: month ?? "", year: year ?? "" };
}

/** An incomplete date is sent as it is, so that the server rejects it. */
function dateIn(year, month, day) {
  return year + month + day === "" ? undefined : [year, month, day.padStart(day === "" ? 0 : 2, "0")].join("-");
}

/** What is wrong with a date that is incomplete or does not exist. */
function explanation(year, month, day) {
  if (year + month + day === "") {
    return "enter a date";
  }
  const absent = Object.entries({ day, month, year }).filter(([, text]) => text === "").map(([part]) => `the ${part}`);
  if (absent.length > 0) {
    return `enter ${absent.join(" and ")}`;
  }
  if (!/^\d{4}$/.test(year)) {
    return "enter the year with four digits";
  }
  const days = daysIn(Number(year), Number(month));
  return Number(day) >= 1 && Number(day) <= days ? undefined : `${MONTHS[Number(month) - 1]} ${year} has ${days} days`;
}

/** The calendar repeats every 400 years; JavaScript reads the years 0 to 99 as 1900 to 1999. */
const daysIn = (year, month) => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
