import { Problem } from "../shared/api.js";
import { el } from "../shared/dom.js";
import { CookieRejected } from "../shared/sessions.js";

export function alreadyDoneScreen(studio) {
  return el(
    "section",
    { class: "screen" },
    el("h1", {}, "You've already finished."),
    el("p", { class: "lead" }, "We're taking you to your studio."),
    el("p", {}, el("a", { class: "button", href: studio }, "Go to the studio")),
  );
}

export function errorScreen(error) {
  const [heading, detail] = messageOf(error);
  return el(
    "section",
    { class: "screen" },
    el("h1", {}, heading),
    el("p", { class: "lead" }, detail),
    el("p", {}, el("a", { class: "button", href: "/onboarding" }, "Start again")),
  );
}

function messageOf(error) {
  if (error instanceof CookieRejected) {
    return ["Your browser blocked our cookie.", error.message];
  }
  if (error instanceof Problem && error.field === "flow") {
    return ["We can't find this page.", "Check the address, or ask the person who sent you the link for a new one."];
  }
  if (error instanceof Problem) {
    return ["Something went wrong.", error.requestId ? `${error.message} (Request id: ${error.requestId})` : error.message];
  }
  throw error;
}
