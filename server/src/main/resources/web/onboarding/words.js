import { kindOf } from "./fields/kinds.js";
import { fieldsOf } from "./schema.js";

/** How an answer is said, one {label, text} for each field that was given; `label` is null for the answer itself. */
export function wordsOf(step) {
  if (step.state !== "done" || !step.input) {
    return [];
  }
  return fieldsOf(step)
    .map((field) => ({ field, answer: field.name === null ? step.answer : step.answer?.[field.name] }))
    .filter(({ answer }) => answer !== undefined && answer !== null)
    .map(({ field, answer }) => ({ label: field.label, text: saidOf(field, answer) }));
}

/** The same in one line. */
export const lineOf = (step) =>
  wordsOf(step)
    .map(({ label, text }) => (label ? `${label}: ${text}` : text))
    .join(" · ");

/** An answer from before its schema was changed may be of any shape. */
function saidOf(field, answer) {
  try {
    return kindOf(field).say(answer, field);
  } catch {
    return JSON.stringify(answer);
  }
}
