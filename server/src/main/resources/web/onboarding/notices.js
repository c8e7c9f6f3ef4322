import { Problem } from "../shared/api.js";
import { el } from "../shared/dom.js";
import { CookieRefused } from "../shared/sessions.js";

export function doneScreen(studio) {
  return el(
    "section",
    { class: "screen" },
    el("h1", {}, "You are already in."),
    el("p", { class: "lead" }, "You have been all the way through. We are taking you to your studio."),
    el("p", {}, el("a", { class: "button", href: studio }, "Go to the studio")),
  );
}

export function refusedScreen(refusal) {
  const [heading, detail] = reason(refusal);
  return el(
    "section",
    { class: "screen" },
    el("h1", {}, heading),
    el("p", { class: "lead" }, detail),
    el("p", {}, el("a", { class: "button", href: "/onboarding" }, "Begin again")),
  );
}

function reason(refusal) {
  if (refusal instanceof CookieRefused) {
    return ["Your browser kept no cookie.", refusal.message];
  }
  if (refusal instanceof Problem && refusal.field === "flow") {
    return ["There is no such way in.", refusal.message];
  }
  if (refusal instanceof Problem) {
    return ["This did not work.", refusal.requestId ? `${refusal.message} (Request ${refusal.requestId})` : refusal.message];
  }
  throw refusal;
}
