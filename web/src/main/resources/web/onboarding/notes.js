import { el } from "../shared/dom.js";

const note = (...words) => el("div", { class: "note" }, ...words.map((text) => el("p", {}, text)));

export const movedNote = () => note("Your earlier session was deleted, so we started a new one. Nothing you wrote was lost.");

export const clearedNote = () =>
  note("Your earlier session was deleted, so we started a new one. What you typed but did not send is still here.");

export const foundNote = () => note("Welcome back. Here is your unfinished answer.");

export const keptNote = (title) => note(`You continued on another device or tab. What you wrote for “${title}” is saved on this device.`);

/** The step already has a final answer; `unsent` is the one that was not sent. */
export function unsentNote(unsent) {
  if (!unsent) {
    return note("This step is already done, here or on another device.");
  }
  const element = note("You have already answered this, here or on another device, and that answer is final. This text was not sent:");
  element.append(el("p", { class: "unsent" }, unsent));
  return element;
}

/** The same step was answered elsewhere and can still be changed. */
export function elsewhereNote(answer) {
  const element = note("You answered this on another device or tab:");
  element.append(
    el("p", { class: "unsent" }, answer || "skipped"),
    el("p", {}, "Your new answer is not sent yet. Send it again to replace that one."),
  );
  return element;
}
