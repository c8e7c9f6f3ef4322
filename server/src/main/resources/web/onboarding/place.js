/**
 * Where a session's person is. `chosen` is the id of a step they went back to; without it they are where the session
 * goes on. Nobody is asked twice.
 *
 *   step        to be asked, or to look again at what they said
 *   standing    at a step whose answer cannot be changed any more
 *   made        at what a declaration became
 *   ready       past the last step, and the flow waits for their word
 *   finished    at the end of a flow that made nothing
 *   done        at the end of one that did: their place is the studio
 *   dismissed   away, by their own wish
 *   superseded  here no more: another session stands in place of this one
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
  if (view.state !== "completed" && last && isMade(view, last)) {
    return { name: "made", step: last };
  }
  if (view.state === "completed" && leadsToStudio(view)) {
    return { name: "done" };
  }
  return { name: view.completed ? "finished" : "ready" };
}

function nameOf(view, step) {
  if (isMade(view, step)) {
    return "made";
  }
  return !step.done || step.revisable ? "step" : "standing";
}

/** Other software may have noted a declaration, or what it became, and no answer. */
function isMade(view, step) {
  const declared = view.first_kblock_id || view.first_declaration;
  return Boolean(step.kblock_id || (declared && step.id === declarationStep(view)?.id));
}

/** The step whose answer is the person's first declaration. */
export const declarationStep = ({ steps }) => steps.find(({ creates }) => creates);

export const visibleSteps = ({ steps }) => steps.filter(({ visible }) => visible);

/** Whether a flow makes something that the studio shows. */
export const leadsToStudio = (view) => Boolean(declarationStep(view));

/** The step before `step`; before the end, the last one. */
export function stepBefore(view, step) {
  const steps = visibleSteps(view);
  return step ? steps[steps.findIndex(({ id }) => id === step.id) - 1] : steps.at(-1);
}
