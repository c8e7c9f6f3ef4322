import { api, newKey, Problem } from "./api.js";

/**
 * The visitor's session as it stands, or undefined where the cookie names none, or one that is gone: then `gone` is
 * called.
 */
export async function find(flow, gone) {
  try {
    return await api.session(flow);
  } catch (problem) {
    if (namesNoSession(problem)) {
      if (problem.code === "session_not_found") {
        gone?.();
      }
      return undefined;
    }
    throw problem;
  }
}

/** As `find`, but starts a session where there is none that goes on. */
export async function findOrStart(flow, gone) {
  const found = await find(flow, gone);
  if (found && found.state !== "superseded") {
    return found;
  }
  await api.start(flow, { key: newKey() });
  const started = await find(flow);
  if (!started) {
    throw new CookieRefused();
  }
  return started;
}

/** The server started a session, but the browser did not keep its cookie. */
export class CookieRefused extends Error {
  constructor() {
    super("This page needs one cookie to find your place again. Allow cookies for this site, then try again.");
  }
}

/** Whether a problem means that the cookie names no session, or nothing that could be one: a new one mends it. */
export function namesNoSession(problem) {
  return (
    problem instanceof Problem &&
    (["session_not_found", "session_required"].includes(problem.code) || /^(session_id$|onward_)/.test(problem.field))
  );
}
