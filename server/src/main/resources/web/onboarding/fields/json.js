import { el } from "../../shared/dom.js";
import { line } from "./text.js";
import { writing } from "./writing.js";

/** What this page has no control for: written as JSON. What is none is sent as text, for the server to refuse. */
export const json = {
  draftOf: (answer) => (answer === undefined || answer === null ? "" : JSON.stringify(answer, null, 2)),
  say: (answer) => JSON.stringify(answer),
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
    return writing(input, { valueOf: jsonIn });
  },
};

function jsonIn(said) {
  if (said.trim() === "") {
    return undefined;
  }
  try {
    return JSON.parse(said);
  } catch {
    return said;
  }
}
