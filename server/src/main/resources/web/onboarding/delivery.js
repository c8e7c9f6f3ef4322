import { api, newKey, Problem } from "../shared/api.js";
import { findOrStart, namesNoSession } from "../shared/sessions.js";
import { keepAnswer } from "./form.js";

const ATTEMPTS = 4;

/**
 * Carries something out in a session that stands as `view`, for the person who is at the step of that id. What only came in
 * between is mended: a session that was cleaned away is begun anew with all that had been answered, one that went on
 * elsewhere is taken as it stands, unless this very step was answered there. `action` is given {key, revision}.
 * A delivery may be repeated when no answer came: it uses the same keys again.
 */
export function delivery(view, step, action) {
  const keys = Array.from({ length: ATTEMPTS }, newKey);
  return async function deliver() {
    let base = view;
    let moved = false;
    for (let attempt = 0; ; attempt++) {
      try {
        return { answer: await action({ key: keys[attempt], revision: base.revision }), moved };
      } catch (problem) {
        if (!(problem instanceof Problem) || attempt === ATTEMPTS - 1) {
          throw problem;
        }
        if (namesNoSession(problem)) {
          base = await beginAnew(view);
          moved = true;
        } else if (problem.code === "changed_meanwhile") {
          base = problem.session ?? base;
        } else if (problem.code === "stale_revision" && sameAnswer(step, base, problem.session)) {
          base = problem.session;
        } else {
          throw Object.assign(problem, { moved });
        }
      }
    }
  };
}

function sameAnswer(id, before, now) {
  const [one, other] = [before, now].map(({ steps }) => steps.find((step) => step.id === id));
  return one?.state === other?.state && JSON.stringify(one?.answer) === JSON.stringify(other?.answer);
}

/** Answers again in a new session what was answered in one that is gone. What is not taken there is kept as drafts. */
async function beginAnew(gone) {
  let view = await findOrStart(gone.flow);
  const answered = gone.steps.filter(({ visible, done }) => visible && done);
  for (const [index, step] of answered.entries()) {
    const said = { key: newKey(), revision: view.revision };
    try {
      view = step.state === "skipped" ? await api.skip(gone.flow, step.id, said) : await submit(gone.flow, step, said);
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      answered.slice(index).forEach((left) => keepAnswer(gone.flow, left));
      return view;
    }
  }
  return view;
}

const submit = (flow, step, said) => api.submit(flow, step.id, step.input ? step.answer : undefined, said);
