import { el } from "../shared/dom.js";

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** The history of a session, oldest first, in the reader's time zone. */
export function historyPart(status, kblock, onboarding) {
  const isComplete = status.current_step === "completed";
  const entries = [
    { label: "You started", at: status.started_at },
    { label: "You made your first declaration", at: kblock?.created_at },
    { label: "You entered the studio", at: isComplete ? status.completed_at : null },
  ].filter((entry) => entry.at);
  entries.sort((one, other) => new Date(one.at) - new Date(other.at));
  return el(
    "section",
    { class: "history", "aria-labelledby": "history" },
    el("h2", { id: "history" }, "Your history"),
    el("ol", {}, ...entries.map((entry, index) => item(entry, entries[index - 1]))),
    !isComplete && el("p", { class: "quiet" }, "One step is left: ", el("a", { href: onboarding }, "finish your onboarding"), "."),
  );
}

function item({ label, at }, before) {
  const when = new Date(at);
  const sameDay = before && DAY.format(new Date(before.at)) === DAY.format(when);
  const text = sameDay ? TIME.format(when) : `${DAY.format(when)}, ${TIME.format(when)}`;
  return el(
    "li",
    {},
    el("p", {}, label),
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
  return amount < 1 ? "moments later" : `${amount} ${unit}${amount === 1 ? "" : "s"} later`;
}
