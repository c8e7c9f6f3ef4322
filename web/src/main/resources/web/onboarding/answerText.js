import { kindOf } from "./fields/kinds.js";
import { fieldsOf } from "./schema.js";

/** An answer as text: one {label, text} per field with a value; `label` is null for the answer itself. */
export function answerLines(step) {
  if (step.state !== "done" || !step.input) {
    return [];
  }
  return fieldsOf(step)
    .map((field) => ({ field, answer: field.name === null ? step.answer : step.answer?.[field.name] }))
    .filter(({ answer }) => answer !== undefined && answer !== null)
    .map(({ field, answer }) => ({ label: field.label, text: textOf(field, answer) }));
}

/** The same in one line. */
export const answerText = (step) =>
  answerLines(step)
    .map(({ label, text }) => (label ? `${label}: ${text}` : text))
    .join(" · ");

/** An answer from before a change of its schema can have any shape. */
function textOf(field, answer) {
  try {
    return kindOf(field).format(answer, field);
  } catch {
    return JSON.stringify(answer);
  }
}
