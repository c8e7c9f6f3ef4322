import { draftOfValue, optionCards, titleOf } from "./options.js";

/** Several choices. */
export const checkboxes = {
  draftOf: (answer) => (Array.isArray(answer) ? answer.map(draftOfValue) : []),
  format: (answer, field) => answer.map((value) => titleOf(value, field)).join(", "),
  make(field, changed) {
    const cards = optionCards(field, "checkbox", changed);
    return {
      group: "group",
      element: cards.element,
      target: cards.target,
      emptyAnswer: [],
      draft: () => cards.chosen().map(draftOfValue),
      write: (draft) => cards.choose(Array.isArray(draft) ? draft : []),
      value: () => (cards.chosen().length === 0 ? undefined : cards.chosen()),
      mark: cards.mark,
    };
  },
};
