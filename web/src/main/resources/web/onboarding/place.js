/**
 * The place in a session that the page shows. `chosen` is the id of a step that the person went back to; without it,
 * the session's next step counts.
 *
 *   step        a step to answer, or an answer to change
 *   readonly    a step whose answer is final
 *   result      the K-Block that a declaration created
 *   ready       after the last step of a flow with `completes: call`
 *   finished    the end of a flow that created nothing
 *   done        the end of a flow that created a K-Block: the studio is next
 *   dismissed   the person chose "Not now"
 *   superseded  another session replaced this one
 */
export function placeOf(view, chosen) {
  if (["dismissed", "superseded"].includes(view.state)) {
    return { name: view.state };
  }
  const steps = visibleSteps(view);
  const step = steps.find(({ id, reachable }) => reachable && id === chosen) || steps.find(({ id }) => id === view.next_step);
  if (step) {
    return { name: nameOf(view, step), step };
  }
  const last = steps.at(-1);
  if (view.state !== "completed" && last && hasResult(view, last)) {
    return { name: "result", step: last };
  }
  if (view.state === "completed" && leadsToStudio(view)) {
    return { name: "done" };
  }
  return { name: view.completed ? "finished" : "ready" };
}

function nameOf(view, step) {
  if (hasResult(view, step)) {
    return "result";
  }
  return !step.done || step.revisable ? "step" : "readonly";
}

/** Other software may have stored a declaration or a K-Block without an answer. */
function hasResult(view, step) {
  const declared = view.first_kblock_id || view.first_declaration;
  return Boolean(step.kblock_id || (declared && step.id === declarationStep(view)?.id));
}

/** The step whose answer is the person's first declaration. */
export const declarationStep = ({ steps }) => steps.find(({ creates }) => creates);

export const visibleSteps = ({ steps }) => steps.filter(({ visible }) => visible);

/** Whether a flow creates something that the studio shows. */
export const leadsToStudio = (view) => Boolean(declarationStep(view));

/** The step before `step`; before the end, the last one. */
export function stepBefore(view, step) {
  const steps = visibleSteps(view);
  return step ? steps[steps.findIndex(({ id }) => id === step.id) - 1] : steps.at(-1);
}
