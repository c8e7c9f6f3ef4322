import { api, newKey, Problem } from "../shared/api.js";
import { findOrStart, namesNoSession } from "../shared/sessions.js";
import { saveAnswerAsDraft } from "./form.js";

const ATTEMPTS = 4;

/**
 * Runs `action` on the session `view`, for the step with that id, and retries what changed in between: if the session
 * was cleaned up, a new one gets all its answers; if it changed elsewhere, its newest state is used, unless this very
 * step was answered there. `action` gets {key, revision}; the result is {answer, moved}: whether a new session took it.
 * The returned function can be called again when no response came: it uses the same keys and continues where it was.
 */
export function withRetries(view, step, action) {
  const keys = Array.from({ length: ATTEMPTS }, newKey);
  let base = view;
  let answersLeft;

  return async function run() {
    for (let attempt = 0; ; attempt++) {
      try {
        if (answersLeft) {
          base = await resubmitAnswers(view.flow, answersLeft);
        }
        return { answer: await action({ key: keys[attempt], revision: base.revision }), moved: Boolean(answersLeft) };
      } catch (problem) {
        if (!(problem instanceof Problem) || attempt === ATTEMPTS - 1 || !canRetry(problem)) {
          throw Object.assign(problem, { moved: Boolean(answersLeft) });
        }
      }
    }
  };

  function canRetry(problem) {
    if (namesNoSession(problem)) {
      answersLeft = view.steps.filter(({ visible, done }) => visible && done);
      return true;
    }
    const otherStepChanged = problem.code === "stale_revision" && sameAnswer(step, base, problem.session);
    if (otherStepChanged || problem.code === "changed_meanwhile") {
      base = problem.session ?? base;
      return true;
    }
    return false;
  }
}

function sameAnswer(id, before, now) {
  const [one, other] = [before, now].map(({ steps }) => steps.find((step) => step.id === id));
  return one?.state === other?.state && JSON.stringify(one?.answer) === JSON.stringify(other?.answer);
}

/** Submits the answers of a deleted session to a new one. Answers that it rejects are kept as drafts. */
async function resubmitAnswers(flow, answersLeft) {
  let view = await findOrStart(flow);
  while (answersLeft.length > 0) {
    try {
      view = await resubmit(flow, answersLeft[0], { key: newKey(), revision: view.revision });
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      answersLeft.splice(0).forEach((step) => saveAnswerAsDraft(flow, step));
      return view;
    }
    answersLeft.shift();
  }
  return view;
}

const resubmit = (flow, step, options) =>
  step.state === "skipped"
    ? api.skip(flow, step.id, options)
    : api.submit(flow, step.id, step.input ? step.answer : undefined, options);
