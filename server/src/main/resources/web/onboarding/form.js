import { el } from "../shared/dom.js";
import { draftOf, dropDraft, followDraft, keepDraft } from "../shared/drafts.js";
import { framed } from "./fields/frame.js";
import { kindOf } from "./fields/kinds.js";
import { fieldsOf } from "./schema.js";

const KEEP_AFTER_MS = 150;

/**
 * The fields of a step. What a person puts in is kept in this browser as they go; what the server refuses is said
 * beside the field that it is about. `changed` is called at each change by the person.
 */
export function answerForm({ flow, step, changed }) {
  const fields = fieldsOf(step);
  const kept = el("span", { class: "kept" });
  const parts = fields.map((field, index) => {
    const control = kindOf(field).make(field, touched);
    const frame = framed(field, control, index === fields.length - 1 && kept);
    return { field, control, frame };

    function touched() {
      frame.refuse([]);
      keepSoon();
      changed();
    }
  });
  const element = el("div", { class: "fields" }, ...parts.map(({ frame }) => frame.element));
  const [first] = parts;
  let timer;
  let held = false;

  const standing = draftOfAnswer(step);
  write(standing);
  const blank = JSON.stringify(drafts());
  const draft = draftOf(flow, step.id);
  write({ ...standing, ...draft });
  const isFound = JSON.stringify(drafts()) !== blank;
  if (isFound) {
    sayKept(true);
  }
  const stopFollowing = followDraft(flow, step.id, (other) => document.hidden && write(other));
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep);
  ["beforeinput", "click", "keydown", "pointerdown"].forEach((kind) => element.addEventListener(kind, holdStill, true));

  function drafts() {
    return Object.fromEntries(parts.map(({ field, control }) => [nameOf(field), control.draft()]));
  }

  function write(values) {
    parts.forEach(({ field, control }) => control.write(values[nameOf(field)]));
  }

  function keepSoon() {
    kept.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_AFTER_MS);
  }

  function keep() {
    if (timer === undefined) {
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    const now = drafts();
    if (JSON.stringify(now) === blank) {
      dropDraft(flow, step.id);
    } else {
      sayKept(keepDraft(flow, step.id, now));
    }
  }

  function sayKept(isKept) {
    kept.textContent = isKept ? "Kept on this device" : "This browser keeps no drafts";
  }

  /** The answer that the fields make. Where nothing is given, a property is left out: the server says what is missing. */
  function answer() {
    if (first.field.name === null) {
      return first.control.value() ?? first.control.nothing;
    }
    const names = parts.map(({ field }) => field.name);
    const others = Object.entries(step.answer ?? {}).filter(([name]) => !names.includes(name));
    const given = parts.map(({ field, control }) => [field.name, control.value()]).filter(([, value]) => value !== undefined);
    return Object.fromEntries([...others, ...given]);
  }

  function accept() {
    parts.forEach(({ frame }) => frame.refuse([]));
  }

  /** Says what was refused beside its field, and answers what is about no field here. */
  function refuse(errors) {
    const told = new Map();
    const left = errors.filter(({ pointer, field, detail }) => {
      const part = partAt(pointer, field);
      if (part) {
        told.set(part, [...(told.get(part) ?? []), [entryAt(part, pointer), detail].join("")]);
      }
      return !part;
    });
    told.forEach((details, part) => {
      const explained = part.control.explain?.();
      part.frame.refuse(explained === undefined ? [...new Set(details)] : [explained]);
    });
    parts.find((part) => told.has(part))?.control.target.focus();
    return left.map(({ field, detail }) => (field && field !== "answer" ? `${field} ${detail}` : detail));
  }

  function partAt(pointer, field) {
    if (first.field.name === null || (parts.length === 1 && !pointer && !field)) {
      return first;
    }
    const name = pointer ? pointer.split("/")[1].replaceAll("~1", "/").replaceAll("~0", "~") : field;
    return parts.find((part) => part.field.name === name);
  }

  /** The entry of a list that a refusal is about, for who cannot see it from a pointer. */
  function entryAt({ field, control }, pointer = "") {
    const index = pointer.split("/")[field.name === null ? 1 : 2];
    const entry = index === undefined ? undefined : control.entry?.(index);
    return entry === undefined ? "" : `“${entry}” `;
  }

  /** While an answer is under way it stays as it was sent. */
  function hold(isHeld) {
    held = isHeld;
  }

  function holdStill(event) {
    if (held && event.key !== "Tab") {
      event.preventDefault();
    }
  }

  function leave() {
    keep();
    stopFollowing();
    removeEventListener("pagehide", keep);
    document.removeEventListener("visibilitychange", keep);
  }

  return {
    element,
    isFound,
    /** The one field to begin with; none where there are several things to read first. */
    focused: parts.length === 1 && !first.control.group ? first.control.target : undefined,
    answer,
    /** Whether the key Enter makes a new line somewhere in it. */
    hasLines: parts.some(({ control }) => control.target instanceof HTMLTextAreaElement),
    keep,
    accept,
    refuse,
    hold,
    leave,
  };
}

const nameOf = ({ name }) => name ?? "";

/** The draft that an answer came from; what the schema proposes, where there is no answer yet. */
function draftOfAnswer(step) {
  const entries = fieldsOf(step).map((field) => {
    const answer = step.state === "done" ? step.answer : undefined;
    const given = field.name === null ? answer : answer?.[field.name];
    const proposed = answer === undefined ? field.schema.default : undefined;
    return [nameOf(field), kindOf(field).draftOf(given ?? proposed)];
  });
  return Object.fromEntries(entries);
}

/** Keeps an answer of a session that is gone, for the one that takes its place; what is being typed is newer. */
export function keepAnswer(flow, step) {
  if (step.input && step.state === "done" && !draftOf(flow, step.id)) {
    keepDraft(flow, step.id, draftOfAnswer(step));
  }
}
