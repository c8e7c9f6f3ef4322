import { api, newKey, Problem } from "./api.js";
import { forgetVisit, noteVisit } from "./visits.js";

/** A user has claimed the session, and this browser does not have the proof. */
const CLAIMED = "claim_proof_required";

/**
 * The visitor's session, or undefined if no cookie names an existing one. Calls `onGone` if this browser had a session
 * before: its cookie expires when cleanup deletes the session.
 */
export async function find(flow, onGone) {
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
  } else if (onGone && isGone(code, forgetVisit(flow))) {
    onGone();
  }
  return view;
}

/** As `find`, but starts a session if there is none to continue. */
export async function findOrStart(flow, onGone) {
  const found = await find(flow, onGone);
  if (found && found.state !== "superseded") {
    return found;
  }
  await api.start(flow, { key: newKey() });
  const started = await find(flow);
  if (!started) {
    throw new CookieRejected();
  }
  return started;
}

function isGone(code, visited) {
  return code === "session_not_found" || (visited && code !== CLAIMED);
}

/** The server started a session, but the browser did not store its cookie. */
export class CookieRejected extends Error {
  constructor() {
    super("We need one cookie to remember your progress. Allow cookies for this site, then try again.");
  }
}

/** Whether a problem means that the cookie names no session, so that a new session solves it. */
export function namesNoSession(problem) {
  return (
    problem instanceof Problem &&
    (["session_not_found", "session_required", CLAIMED].includes(problem.code) || /^(session_id$|(__Host-)?onward_)/.test(problem.field))
  );
}
