import { attempt } from "./storage.js";

const key = (flow) => `onward/visit/${flow ?? ""}`;

/** Remembers that this browser has had a session of a flow, but not which one. */
export function noteVisit(flow) {
  attempt(() => localStorage.setItem(key(flow), "1"));
}

/** Forgets it; returns whether there was one. */
export function forgetVisit(flow) {
  return attempt(() => {
    const had = localStorage.getItem(key(flow)) !== null;
    localStorage.removeItem(key(flow));
    return had;
  });
}
