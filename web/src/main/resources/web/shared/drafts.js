import { attempt } from "./storage.js";

const PREFIX = "onward/draft/";

/**
 * Input that is not sent yet, in this browser only: one draft per flow and step, never with a session id. A draft maps
 * field names to the content of their controls.
 */
const key = (flow, step) => `${PREFIX}${flow}/${step}`;

/** The draft, or undefined if there is none. */
export function draftOf(flow, step) {
  return read(attempt(() => localStorage.getItem(key(flow, step))));
}

/** Returns whether it was saved: a browser may refuse storage. */
export function saveDraft(flow, step, draft) {
  return attempt(() => {
    localStorage.setItem(key(flow, step), JSON.stringify(draft));
    return true;
  });
}

export function deleteDraft(flow, step) {
  attempt(() => localStorage.removeItem(key(flow, step)));
}

/** Deletes the drafts of a completed flow. */
export function deleteDrafts(flow) {
  const names = attempt(() => Object.keys(localStorage)) || [];
  names.filter((name) => name.startsWith(key(flow, ""))).forEach((name) => attempt(() => localStorage.removeItem(name)));
}

/** Calls `onChange` with the draft when another tab changes it; returns a function that stops this. */
export function watchDraft(flow, step, onChange) {
  const listener = (event) => {
    const draft = event.key === key(flow, step) && read(event.newValue);
    if (draft) {
      onChange(draft);
    }
  };
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

function read(text) {
  const draft = text && attempt(() => JSON.parse(text));
  return draft && typeof draft === "object" ? draft : undefined;
}
