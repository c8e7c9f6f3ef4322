import { api } from "../shared/api.js";
import { bandOf } from "../shared/clarity.js";
import { show } from "../shared/dom.js";
import { lostScreen } from "../shared/lost.js";
import { untilReached } from "../shared/retry.js";
import { drawScene } from "../shared/scene.js";
import { find, findOrStart } from "../shared/sessions.js";
import { confetti } from "./confetti.js";
import { madeScreen } from "./made.js";
import { doneScreen, refusedScreen } from "./notices.js";
import { placeOf } from "./place.js";
import { questionScreen } from "./question.js";
import { drawTrail } from "./trail.js";

const main = document.getElementById("main");
const trail = document.getElementById("trail");
const scene = document.getElementById("scene");
const heard = document.getElementById("heard");

const asked = new URLSearchParams(location.search).get("flow") || undefined;
const studio = asked ? `/studio?${new URLSearchParams({ flow: asked })}` : "/studio";

let flow = asked;
let leave = () => {};
let shown;

async function open() {
  try {
    const status = await untilReached(() => findOrStart(flow), lostScreen(showNotice));
    await draw(status);
  } catch (refusal) {
    showNotice(refusedScreen(refusal));
  }
}

async function draw(status, { note } = {}) {
  const place = placeOf(status);
  flow = status.flow;
  drawTrail(trail, status);
  leave();
  leave = () => {};
  shown = place.name;
  switch (place.name) {
    case "question":
      drawScene(scene);
      return drawQuestion(status, place.step);
    case "made":
      return drawMade(status, { kblock: await kblockOf(status), note });
    case "done":
      drawScene(scene, { seed: status.first_kblock_id });
      show(main, "You are in", doneScreen(studio));
      return forward();
  }
}

function drawQuestion(status, step) {
  const question = questionScreen({ flow, step, say, declared, standing });
  leave = question.leave;
  show(main, question.title, question.screen, question.focused);
}

/** The declaration was taken: celebrate it, whatever else can be read now. */
async function declared(answer, { text, note }) {
  leave();
  leave = () => {};
  shown = "made";
  const [status, kept] = await Promise.all([find(flow).catch(() => undefined), readKblock(answer.kblock_id)]);
  if (status) {
    drawTrail(trail, status);
  }
  const kblock = kept || { id: answer.kblock_id, layer: answer.layer, loss: answer.loss, title: text };
  drawMade(status, { kblock, celebration: answer.celebration, justification: answer.justification, note });
}

/** Another declaration stands already (another tab, another device): show that one. */
function standing(status, unsent) {
  return draw(status, { note: { unsent } });
}

function drawMade(status, { kblock, celebration, justification, note }) {
  const color = celebration?.color || (kblock && bandOf(kblock.loss).color);
  show(
    main,
    celebration ? celebration.message : "Your first declaration",
    madeScreen({ status, kblock, celebration, justification, note, color, studio, enter }),
  );
  const stone = drawScene(scene, { seed: kblock?.id, color, falling: Boolean(celebration) });
  if (celebration) {
    leave = confetti(celebration, stone);
  }
}

async function enter(waiting) {
  const answer = await untilReached(() => api.complete(flow), { waiting });
  try {
    sessionStorage.setItem("onward/greeting", answer.message);
  } catch {
    // The greeting is a courtesy: where the browser keeps nothing, the studio opens without it.
  }
  location.assign(studio);
}

async function kblockOf(status) {
  return status.first_kblock_id ? readKblock(status.first_kblock_id) : undefined;
}

/** A K-Block that is gone, or cannot be read now, does not keep anybody from going on. */
const readKblock = (id) => api.kblock(id).catch(() => api.kblock(id)).catch(() => undefined);

function showNotice(screen) {
  leave();
  leave = () => {};
  shown = "notice";
  drawScene(scene);
  show(main, screen.querySelector("h1").textContent, screen);
}

function say(text) {
  heard.textContent = "";
  requestAnimationFrame(() => (heard.textContent = text));
}

function forward() {
  const timer = setTimeout(() => location.replace(studio), 2500);
  leave = () => clearTimeout(timer);
}

/** Back in this tab: another one may have gone on in the meantime. */
async function lookAgain() {
  if (document.visibilityState !== "visible" || shown !== "question") {
    return;
  }
  const status = await find(flow).catch(() => undefined);
  if (status && shown === "question" && placeOf(status).name !== "question") {
    await draw(status);
  }
}

document.addEventListener("visibilitychange", lookAgain);
addEventListener("pageshow", (event) => event.persisted && open());
open();
