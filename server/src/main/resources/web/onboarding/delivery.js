import { api, newKey, Problem } from "../shared/api.js";
import { findOrStart, namesNoSession } from "../shared/sessions.js";
import { keepAnswer } from "./form.js";

const ATTEMPTS = 4;

/**
 * Carries something out in a session that stands as `view`, for the person who is at the step of that id. What only
 * came in between is mended: a session that was cleaned away is begun anew with all that had been answered, one that
 * went on elsewhere is taken as it stands, unless this very step was answered there. `action` is given {key,
 * revision}; what is delivered is {answer, moved}: whether it went into a new session. A delivery may be repeated when
 * no answer came: it uses the same keys again, and goes on where it was.
 */
export function delivery(view, step, action) {
  const keys = Array.from({ length: ATTEMPTS }, newKey);
  let base = view;
  let left;

  return async function deliver() {
    for (let attempt = 0; ; attempt++) {
      try {
        if (left) {
          base = await answerAgain(view.flow, left);
        }
        return { answer: await action({ key: keys[attempt], revision: base.revision }), moved: Boolean(left) };
      } catch (problem) {
        if (!(problem instanceof Problem) || attempt === ATTEMPTS - 1 || !isMended(problem)) {
          throw Object.assign(problem, { moved: Boolean(left) });
        }
      }
    }
  };

  function isMended(problem) {
    if (namesNoSession(problem)) {
      left = view.steps.filter(({ visible, done }) => visible && done);
      return true;
    }
    const isElsewhere = problem.code === "stale_revision" && sameAnswer(step, base, problem.session);
    if (isElsewhere || problem.code === "changed_meanwhile") {
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

/** Answers in a new session what was answered in one that is gone. What is not taken there is kept as drafts. */
async function answerAgain(flow, left) {
  let view = await findOrStart(flow);
  while (left.length > 0) {
    try {
      view = await again(flow, left[0], { key: newKey(), revision: view.revision });
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      left.splice(0).forEach((step) => keepAnswer(flow, step));
      return view;
    }
    left.shift();
  }
  return view;
}

const again = (flow, step, said) =>
  step.state === "skipped"
    ? api.skip(flow, step.id, said)
    : api.submit(flow, step.id, step.input ? step.answer : undefined, said);
