import { api, Problem } from "../shared/api.js";
import { bandOf } from "../shared/clarity.js";
import { el, show } from "../shared/dom.js";
import { draftOf } from "../shared/drafts.js";
import { offlineScreen } from "../shared/offline.js";
import { untilReached } from "../shared/reconnect.js";
import { drawScene } from "../shared/scene.js";
import { find } from "../shared/sessions.js";
import { kblockPart } from "./kblock.js";
import { historyPart } from "./history.js";

const main = document.getElementById("main");
const scene = document.getElementById("scene");

const flow = new URLSearchParams(location.search).get("flow") || undefined;
const onboarding = flow ? `/onboarding?${new URLSearchParams({ flow })}` : "/onboarding";

async function open() {
  try {
    await untilReached(load, offlineScreen((screen) => draw("No connection", screen)));
  } catch (error) {
    draw("Studio", messageScreen("Something went wrong.", error.message, "Back to onboarding"));
  }
}

async function load() {
  const status = await find(flow);
  if (!status) {
    draw("Studio", messageScreen("There's nothing here yet.", "Your studio opens after your first declaration. It takes a minute.", "Start"));
    return;
  }
  const kblock = status.first_kblock_id && (await kblockOf(status.first_kblock_id));
  if (kblock) {
    drawStudio(status, kblock);
  } else {
    drawWithout(status);
  }
}

/** Undefined if the K-Block does not exist: a row that other software wrote may name a missing one. */
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
    historyPart(status, kblock, onboarding),
  );
  screen.style.setProperty("--accent", color);
  draw("Studio", screen, { seed: kblock.id, color });
}

/** A session without a K-Block: written by other software, completed without the declaration, or just started. */
function drawWithout(status) {
  if (status.first_declaration || status.completed) {
    const heading = status.first_declaration || "You finished without making a declaration.";
    const article = el(
      "article",
      {},
      status.first_declaration && el("p", { class: "eyebrow" }, "Your declaration"),
      el("h1", { class: "words" }, heading),
    );
    draw("Studio", el("div", { class: "screen studio" }, article, historyPart(status, undefined, onboarding)));
    return;
  }
  const draft = [...textOf(draftOf(status.flow, status.next_step))].length;
  const detail = draft > 0
    ? `Your draft (${draft} character${draft === 1 ? "" : "s"}) is saved on this device. Finish it to see it here.`
    : "Finish your first declaration to see it here.";
  draw("Studio", messageScreen("You haven't made your declaration yet.", detail, "Continue where you left off"));
}

/** All text in a draft. */
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

/** The completion message, shown once. */
function greeting() {
  try {
    const text = sessionStorage.getItem("onward/greeting");
    sessionStorage.removeItem("onward/greeting");
    return text;
  } catch {
    return null;
  }
}

open();
