import { api, Problem } from "../shared/api.js";
import { bandOf } from "../shared/clarity.js";
import { el, show } from "../shared/dom.js";
import { draftOf } from "../shared/drafts.js";
import { lostScreen } from "../shared/lost.js";
import { untilReached } from "../shared/retry.js";
import { drawScene } from "../shared/scene.js";
import { find } from "../shared/sessions.js";
import { kblockPart } from "./kblock.js";
import { wayPart } from "./way.js";

const main = document.getElementById("main");
const scene = document.getElementById("scene");

const flow = new URLSearchParams(location.search).get("flow") || undefined;
const onboarding = flow ? `/onboarding?${new URLSearchParams({ flow })}` : "/onboarding";

async function open() {
  try {
    await untilReached(load, lostScreen((screen) => draw("No connection", screen)));
  } catch (refusal) {
    draw("Studio", messageScreen("This did not work.", refusal.message, "Go to the beginning"));
  }
}

async function load() {
  const status = await find(flow);
  if (!status) {
    draw("Studio", messageScreen("Nothing stands here yet.", "Your studio opens with the first thing you declare. It takes a minute.", "Begin"));
    return;
  }
  const kblock = status.first_kblock_id && (await kblockOf(status.first_kblock_id));
  if (kblock) {
    drawStudio(status, kblock);
  } else {
    drawWithout(status);
  }
}

/** A K-Block that is not there (an older system's row may name one) is not an error of the visitor's. */
async function kblockOf(id) {
  try {
    return await api.kblock(id);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) {
      return undefined;
    }
    throw problem;
  }
}

function drawStudio(status, kblock) {
  const color = bandOf(kblock.loss).color;
  const screen = el(
    "div",
    { class: "screen studio" },
    kblockPart(kblock, greeting()),
    wayPart(status, kblock, onboarding),
  );
  screen.style.setProperty("--accent", color);
  draw("Studio", screen, { seed: kblock.id, color });
}

/** A session without a K-Block: an older system's, one that went past the question, or one that has just begun. */
function drawWithout(status) {
  if (status.first_declaration || status.completed) {
    const words = status.first_declaration || "You came in without a declaration.";
    const kept = el(
      "article",
      {},
      status.first_declaration && el("p", { class: "eyebrow" }, "What you declared"),
      el("h1", { class: "words" }, words),
    );
    draw("Studio", el("div", { class: "screen studio" }, kept, wayPart(status, undefined, onboarding)));
    return;
  }
  const draft = [...textOf(draftOf(status.flow, status.next_step))].length;
  const detail = draft > 0
    ? `A draft of ${draft} character${draft === 1 ? "" : "s"} is waiting for you. Once you declare it, it stands here.`
    : "You have begun, and your first declaration is still to come. Once you make it, it stands here.";
  draw("Studio", messageScreen("Your first stone is still to be laid.", detail, "Go on where you were"));
}

/** What is written in a draft, whatever its fields are. */
const textOf = (draft) => Object.values(draft ?? {}).filter((value) => typeof value === "string").join("");

function messageScreen(heading, detail, link) {
  return el(
    "section",
    { class: "screen" },
    el("h1", {}, heading),
    el("p", { class: "lead" }, detail),
    el("p", {}, el("a", { class: "button", href: onboarding }, link)),
  );
}

function draw(title, screen, stone) {
  drawScene(scene, stone);
  show(main, title, screen);
}

/** What the server said as the visitor came in: shown once. */
function greeting() {
  try {
    const said = sessionStorage.getItem("onward/greeting");
    sessionStorage.removeItem("onward/greeting");
    return said;
  } catch {
    return null;
  }
}

open();
