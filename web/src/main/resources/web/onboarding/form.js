import { el } from "../shared/dom.js";
import { deleteDraft, draftOf, saveDraft, watchDraft } from "../shared/drafts.js";
import { fieldFrame } from "./fields/fieldFrame.js";
import { kindOf } from "./fields/kinds.js";
import { fieldsOf } from "./schema.js";

const SAVE_AFTER_MS = 150;

/**
 * The fields of a step. Input is saved in this browser as people type; errors from the server appear beside their field.
 * `changed` is called at each change by the person.
 */
export function answerForm({ flow, step, changed }) {
  const fields = fieldsOf(step);
  const savedLabel = el("span", { class: "kept" });
  const parts = fields.map((field, index) => {
    const control = kindOf(field).make(field, touched);
    const frame = fieldFrame(field, control, index === fields.length - 1 && savedLabel);
    return { field, control, frame };

    function touched() {
      frame.showErrors([]);
      saveSoon();
      changed();
    }
  });
  const element = el("div", { class: "fields" }, ...parts.map(({ frame }) => frame.element));
  const [first] = parts;
  let timer;
  let locked = false;

  const initial = draftOfAnswer(step);
  write(initial);
  const blank = JSON.stringify(drafts());
  const draft = draftOf(flow, step.id);
  write({ ...initial, ...draft });
  const hasDraft = JSON.stringify(drafts()) !== blank;
  if (hasDraft) {
    showSaved(true);
  }
  const stopFollowing = watchDraft(flow, step.id, (other) => document.hidden && write(other));
  addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", save);
  ["beforeinput", "click", "keydown", "pointerdown"].forEach((kind) => element.addEventListener(kind, blockWhileLocked, true));

  function drafts() {
    return Object.fromEntries(parts.map(({ field, control }) => [nameOf(field), control.draft()]));
  }

  function write(values) {
    parts.forEach(({ field, control }) => control.write(values[nameOf(field)]));
  }

  function saveSoon() {
    savedLabel.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  }

  function save() {
    if (timer === undefined) {
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    const now = drafts();
    if (JSON.stringify(now) === blank) {
      deleteDraft(flow, step.id);
    } else {
      showSaved(saveDraft(flow, step.id, now));
    }
  }

  function showSaved(isSaved) {
    savedLabel.textContent = isSaved ? "Saved on this device" : "Your browser can't save drafts";
  }

  /** The answer in the fields. Empty properties are left out, so that the server reports what is missing. */
  function answer() {
    if (first.field.name === null) {
      return first.control.value() ?? first.control.emptyAnswer;
    }
    const names = parts.map(({ field }) => field.name);
    const others = Object.entries(step.answer ?? {}).filter(([name]) => !names.includes(name));
    const given = parts.map(({ field, control }) => [field.name, control.value()]).filter(([, value]) => value !== undefined);
    return Object.fromEntries([...others, ...given]);
  }

  function clearErrors() {
    parts.forEach(({ frame }) => frame.showErrors([]));
  }

  /** Shows each error beside its field, and returns the errors that belong to no field here. */
  function showErrors(errors) {
    const messages = new Map();
    const unplaced = errors.filter(({ pointer, field, detail }) => {
      const part = partAt(pointer, field);
      if (part) {
        messages.set(part, [...(messages.get(part) ?? []), detail + entryAt(part, pointer)]);
      }
      return !part;
    });
    messages.forEach((details, part) => {
      const explained = part.control.explain?.();
      part.frame.showErrors(explained === undefined ? [...new Set(details)] : [explained]);
    });
    parts.find((part) => messages.has(part))?.control.target.focus();
    return unplaced.map(({ field, detail }) => (field && field !== "answer" ? `${field} ${detail}` : detail));
  }

  function partAt(pointer, field) {
    if (first.field.name === null || (parts.length === 1 && !pointer && !field)) {
      return first;
    }
    const name = pointer ? pointer.split("/")[1].replaceAll("~1", "/").replaceAll("~0", "~") : field;
    return parts.find((part) => part.field.name === name);
  }

  /** The list entry that an error is about: people do not see the pointer. */
  function entryAt({ field, control }, pointer = "") {
    const index = pointer.split("/")[field.name === null ? 1 : 2];
    const entry = index === undefined ? undefined : control.entry?.(index);
    return entry === undefined ? "" : `: “${entry}”`;
  }

  /** While an answer is being sent, it cannot be changed. */
  function lock(isLocked) {
    locked = isLocked;
  }

  function blockWhileLocked(event) {
    if (locked && event.key !== "Tab") {
      event.preventDefault();
    }
  }

  function leave() {
    save();
    stopFollowing();
    removeEventListener("pagehide", save);
    document.removeEventListener("visibilitychange", save);
  }

  return {
    element,
    hasDraft,
    /** The field to focus; undefined if there are several things to read first. */
    focused: parts.length === 1 && !first.control.group ? first.control.target : undefined,
    answer,
    /** Whether Enter inserts a new line in one of the fields. */
    hasLines: parts.some(({ control }) => control.target instanceof HTMLTextAreaElement),
    save,
    clearErrors,
    showErrors,
    lock,
    leave,
  };
}

const nameOf = ({ name }) => name ?? "";

/** The draft of an existing answer, or of the schema's default if there is none. */
function draftOfAnswer(step) {
  const entries = fieldsOf(step).map((field) => {
    const answer = step.state === "done" ? step.answer : undefined;
    const value = field.name === null ? answer : answer?.[field.name];
    const proposed = answer === undefined ? field.schema.default : undefined;
    return [nameOf(field), kindOf(field).draftOf(value ?? proposed)];
  });
  return Object.fromEntries(entries);
}

/** Saves an answer of a deleted session as a draft for its successor, unless a newer draft exists. */
export function saveAnswerAsDraft(flow, step) {
  if (step.input && step.state === "done" && !draftOf(flow, step.id)) {
    saveDraft(flow, step.id, draftOfAnswer(step));
  }
}
