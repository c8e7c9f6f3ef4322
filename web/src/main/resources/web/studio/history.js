import { el } from "../shared/dom.js";

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** The history of a session, oldest first, in the reader's time zone. */
export function historyPart(status, kblock, onboarding) {
  const inside = status.current_step === "completed";
  const marks = [
    { words: "You started", at: status.started_at },
    { words: "You made your first declaration", at: kblock?.created_at },
    { words: "You entered the studio", at: inside ? status.completed_at : null },
  ].filter((mark) => mark.at);
  marks.sort((one, other) => new Date(one.at) - new Date(other.at));
  return el(
    "section",
    { class: "history", "aria-labelledby": "history" },
    el("h2", { id: "history" }, "Your history"),
    el("ol", {}, ...marks.map((mark, index) => item(mark, marks[index - 1]))),
    !inside && el("p", { class: "quiet" }, "One thing is left: ", el("a", { href: onboarding }, "finish your onboarding"), "."),
  );
}

function item({ words, at }, before) {
  const when = new Date(at);
  const sameDay = before && DAY.format(new Date(before.at)) === DAY.format(when);
  const text = sameDay ? TIME.format(when) : `${DAY.format(when)}, ${TIME.format(when)}`;
  return el(
    "li",
    {},
    el("p", {}, words),
    el("p", { class: "quiet" }, el("time", { datetime: at }, text), before && ` · ${later(new Date(before.at), when)}`),
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
  return amount < 1 ? "right after" : `${amount} ${unit}${amount === 1 ? "" : "s"} later`;
}
