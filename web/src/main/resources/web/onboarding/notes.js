import { el } from "../shared/dom.js";

const note = (...words) => el("div", { class: "note" }, ...words.map((text) => el("p", {}, text)));

export const newSessionNote = () => note("Your session expired, so we started a new one. Everything you wrote is still here.");

export const sessionExpiredNote = () =>
  note("Your session expired, so we started a new one. Anything you typed but didn't send is still here.");

export const restoredDraftNote = () => note("Welcome back. Here's your unfinished answer.");

export const draftSavedNote = (title) => note(`You continued in another tab or on another device. What you wrote for “${title}” is saved on this device.`);

/** The step already has a final answer; `unsent` is the one that was not sent. */
export function unsentNote(unsent) {
  if (!unsent) {
    return note("You've already done this step, in another tab or on another device.");
  }
  const element = note("You've already answered this in another tab or on another device, and that answer is final. We didn't send this text:");
  element.append(el("p", { class: "unsent" }, unsent));
  return element;
}

/** The same step was answered elsewhere and can still be changed. */
export function elsewhereNote(answer) {
  const element = note("You answered this in another tab or on another device:");
  element.append(
    el("p", { class: "unsent" }, answer || "Skipped"),
    el("p", {}, "Your new answer hasn't been sent. Send it again to replace this one."),
  );
  return element;
}
