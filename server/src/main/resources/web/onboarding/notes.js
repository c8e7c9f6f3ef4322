import { el } from "../shared/dom.js";

const note = (...words) => el("div", { class: "note" }, ...words.map((text) => el("p", {}, text)));

export const movedNote = () => note("Your earlier session had been cleared away, so a new one was started. Nothing you wrote was lost.");

export const clearedNote = () =>
  note("Your earlier session had been cleared away, so a new one was started. What you typed and did not send is still here.");

export const foundNote = () => note("Welcome back. Here is what you had begun.");

export const keptNote = (title) => note(`This went on in another place meanwhile. What you wrote for “${title}” is kept on this device until you come to it.`);

/** Something else was declared or answered here already: that stands, and this is what was not sent. */
export function unsentNote(unsent) {
  if (!unsent) {
    return note("This was done already, here or elsewhere, and that stands.");
  }
  const words = note("You had already declared this, here or elsewhere, so that one stands. The text you wrote just now was not sent:");
  words.append(el("p", { class: "unsent" }, unsent));
  return words;
}

/** The same step was answered elsewhere, and may still be changed. */
export function elsewhereNote(words) {
  const said = note("This was answered in another place meanwhile:");
  said.append(
    el("p", { class: "unsent" }, words || "skipped"),
    el("p", {}, "Yours is not sent yet. Send it again and it takes that one's place."),
  );
  return said;
}
