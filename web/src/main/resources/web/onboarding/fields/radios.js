import { el } from "../../shared/dom.js";
import { draftOfValue, optionCards, titleOf } from "./options.js";

/** One choice, also yes or no. An optional choice can be cleared. */
export const radios = {
  draftOf: (answer) => (answer === undefined ? "" : draftOfValue(answer)),
  format: titleOf,
  make(field, changed) {
    const cards = optionCards(field, "radio", touched);
    const clearButton = el("button", { class: "link", type: "button", hidden: true, onclick: clear }, "Clear");

    function touched() {
      updateClearButton();
      changed();
    }

    function updateClearButton() {
      clearButton.hidden = field.required || cards.chosen().length === 0;
    }

    function clear() {
      cards.choose([]);
      touched();
      cards.target.focus();
    }

    return {
      group: "radiogroup",
      element: cards.element,
      target: cards.target,
      footer: field.required ? undefined : clearButton,
      draft: () => cards.chosen().map(draftOfValue)[0] ?? "",
      write(draft) {
        cards.choose([draft]);
        updateClearButton();
      },
      value: () => cards.chosen()[0],
    };
  },
};
