import { api, newKey, Problem } from "./api.js";
import { forgetVisit, noteVisit } from "./visits.js";

/** A user has claimed the session, and this browser was not given the proof. */
const CLAIMED = "claim_proof_required";

/**
 * The visitor's session as it stands, or undefined where there is no cookie, or it names none, or one that is gone.
 * `gone` is called where this browser had a session before: its cookie ends when cleanup deletes the session.
 */
export async function find(flow, gone) {
  let view;
  let code;
  try {
    view = await api.session(flow);
  } catch (problem) {
    if (!namesNoSession(problem)) {
      throw problem;
    }
    code = problem.code;
  }
  if (view) {
    noteVisit(flow);
  } else if (gone && isGone(code, forgetVisit(flow))) {
    gone();
  }
  return view;
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

function isGone(code, visited) {
  return code === "session_not_found" || (visited && code !== CLAIMED);
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
    (["session_not_found", "session_required", CLAIMED].includes(problem.code) || /^(session_id$|(__Host-)?onward_)/.test(problem.field))
  );
}
