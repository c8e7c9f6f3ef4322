import { Problem } from "../shared/api.js";
import { el } from "../shared/dom.js";
import { CookieRejected } from "../shared/sessions.js";

export function alreadyDoneScreen(studio) {
  return el(
    "section",
    { class: "screen" },
    el("h1", {}, "You have already finished."),
    el("p", { class: "lead" }, "We are taking you to your studio."),
    el("p", {}, el("a", { class: "button", href: studio }, "Go to the studio")),
  );
}

export function errorScreen(error, requestedFlow) {
  const [heading, detail] = messageOf(error, requestedFlow);
  return el(
    "section",
    { class: "screen" },
    el("h1", {}, heading),
    el("p", { class: "lead" }, detail),
    el("p", {}, el("a", { class: "button", href: "/onboarding" }, "Start again")),
  );
}

function messageOf(error, requestedFlow) {
  if (error instanceof CookieRejected) {
    return ["Your browser did not store the cookie.", error.message];
  }
  if (error instanceof Problem && error.field === "flow") {
    return requestedFlow
      ? ["This page does not exist.", "Check the address, or ask whoever gave you the link for a new one."]
      : ["You have started more than once.", "Open the link with which you started, so that you can continue there."];
  }
  if (error instanceof Problem) {
    return ["Something went wrong.", error.requestId ? `${error.message} (Request ${error.requestId})` : error.message];
  }
  throw error;
}
