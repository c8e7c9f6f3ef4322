import { attempt } from "./storage.js";

const PREFIX = "onward/draft/";

/**
 * What is typed or chosen and not yet sent, in this browser only: one draft per flow and step, never a session id.
 * A draft is an object from the names of fields to what stands in their controls.
 */
const key = (flow, step) => `${PREFIX}${flow}/${step}`;

/** The draft, or undefined where there is none. */
export function draftOf(flow, step) {
  return read(attempt(() => localStorage.getItem(key(flow, step))));
}

/** Answers whether it is kept: a browser may refuse to keep anything. */
export function keepDraft(flow, step, draft) {
  return attempt(() => {
    localStorage.setItem(key(flow, step), JSON.stringify(draft));
    return true;
  });
}

export function dropDraft(flow, step) {
  attempt(() => localStorage.removeItem(key(flow, step)));
}

/** Drops the drafts of a flow whose end is reached. */
export function dropDrafts(flow) {
  const names = attempt(() => Object.keys(localStorage)) || [];
  names.filter((name) => name.startsWith(key(flow, ""))).forEach((name) => attempt(() => localStorage.removeItem(name)));
}

/** Calls `heard` with the draft when another tab changes it; answers how to stop. */
export function followDraft(flow, step, heard) {
  const listener = (event) => {
    const draft = event.key === key(flow, step) && read(event.newValue);
    if (draft) {
      heard(draft);
    }
  };
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

function read(text) {
  const draft = text && attempt(() => JSON.parse(text));
  return draft && typeof draft === "object" ? draft : undefined;
}
