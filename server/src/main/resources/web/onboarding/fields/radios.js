import { el } from "../../shared/dom.js";
import { draftOfValue, optionCards, titleOf } from "./options.js";

/** One choice, also yes or no. One that may be left out can be taken back. */
export const radios = {
  draftOf: (answer) => (answer === undefined ? "" : draftOfValue(answer)),
  say: titleOf,
  make(field, changed) {
    const cards = optionCards(field, "radio", touched);
    const takeBack = el("button", { class: "link", type: "button", hidden: true, onclick: clear }, "Choose none");

    function touched() {
      tell();
      changed();
    }

    function tell() {
      takeBack.hidden = field.required || cards.chosen().length === 0;
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
      under: field.required ? undefined : takeBack,
      draft: () => cards.chosen().map(draftOfValue)[0] ?? "",
      write(draft) {
        cards.choose([draft]);
        tell();
      },
      value: () => cards.chosen()[0],
    };
  },
};
