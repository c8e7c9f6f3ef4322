import { el } from "./dom.js";

/** Shown while the server cannot be reached: says when the next attempt comes, and lets one come at once. */
export function lostScreen({ detail, seconds, again }) {
  return el(
    "section",
    { class: "screen" },
    el("h1", {}, "We cannot reach the server."),
    el("p", { class: "lead" }, `${detail ? `${detail} ` : ""}Anything you have typed is kept on this device. Trying again by itself in ${seconds} s.`),
    el("p", {}, el("button", { class: "button", type: "button", onclick: again }, "Try now")),
  );
}
