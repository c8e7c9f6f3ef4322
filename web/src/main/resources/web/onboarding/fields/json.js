import { el } from "../../shared/dom.js";
import { line } from "./text.js";
import { textControl } from "./textControl.js";

/** An answer without a form of its own, entered as JSON. Invalid JSON is sent as text, so that the server rejects it. */
export const json = {
  draftOf: (answer) => (answer === undefined || answer === null ? "" : JSON.stringify(answer, null, 2)),
  format: (answer) => JSON.stringify(answer),
  make(field, changed) {
    const input = el("textarea", {
      id: field.id,
      class: "plain code",
      rows: 6,
      spellcheck: "false",
      autocapitalize: "off",
      ...line(field),
      oninput: changed,
    });
    return textControl(input, { valueOf: jsonIn });
  },
};

function jsonIn(text) {
  if (text.trim() === "") {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
