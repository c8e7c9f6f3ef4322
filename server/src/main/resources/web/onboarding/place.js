/**
 * Where a session's person is: to be asked the next step, to look at what they made and enter the studio,
 * or done with all of it. Nobody is asked twice.
 */
export function placeOf(status) {
  const declared = Boolean(status.first_kblock_id || status.first_declaration);
  const step = status.steps?.find((candidate) => candidate.id === status.next_step);
  if (status.current_step === "completed" && (declared || !step)) {
    return { name: "done" };
  }
  return step && !declared ? { name: "question", step } : { name: "made" };
}
