import { el } from "../shared/dom.js";

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** The way somebody came, oldest first, in their own time zone. */
export function wayPart(status, kblock, onboarding) {
  const inside = status.current_step === "completed";
  const marks = [
    { words: "You began", at: status.started_at },
    { words: "You made your first declaration", at: kblock?.created_at },
    { words: "You entered the studio", at: inside ? status.completed_at : null },
  ].filter((mark) => mark.at);
  marks.sort((one, other) => new Date(one.at) - new Date(other.at));
  return el(
    "section",
    { class: "way", "aria-labelledby": "way" },
    el("h2", { id: "way" }, "The way you came"),
    el("ol", {}, ...marks.map((mark, index) => item(mark, marks[index - 1]))),
    !inside && el("p", { class: "quiet" }, "One thing is left: ", el("a", { href: onboarding }, "finish your onboarding"), "."),
  );
}

function item({ words, at }, before) {
  const when = new Date(at);
  const sameDay = before && DAY.format(new Date(before.at)) === DAY.format(when);
  const said = sameDay ? TIME.format(when) : `${DAY.format(when)}, ${TIME.format(when)}`;
  return el(
    "li",
    {},
    el("p", {}, words),
    el("p", { class: "quiet" }, el("time", { datetime: at }, said), before && ` · ${later(new Date(before.at), when)}`),
  );
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

function later(from, to) {
  const seconds = Math.round((to - from) / 1000);
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) || UNITS.at(-1);
  const amount = Math.round(seconds / length);
  return amount < 1 ? "at once" : `${amount} ${unit}${amount === 1 ? "" : "s"} later`;
}
