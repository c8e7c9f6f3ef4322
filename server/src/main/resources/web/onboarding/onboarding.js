import { api } from "../shared/api.js";
import { bandOf } from "../shared/clarity.js";
import { show } from "../shared/dom.js";
import { dropDrafts } from "../shared/drafts.js";
import { lostScreen } from "../shared/lost.js";
import { untilReached } from "../shared/retry.js";
import { drawScene } from "../shared/scene.js";
import { find, findOrStart } from "../shared/sessions.js";
import { confetti } from "./confetti.js";
import { dismissedScreen, finishedScreen, readyScreen } from "./ending.js";
import { madeScreen } from "./made.js";
import { clearedNote, keptNote, movedNote, unsentNote } from "./notes.js";
import { doneScreen, refusedScreen } from "./notices.js";
import { placeOf } from "./place.js";
import { standingScreen } from "./standing.js";
import { stepScreen } from "./step.js";
import { drawTrail } from "./trail.js";
import { arriveAt, chosenStep, onTravel } from "./travel.js";

const main = document.getElementById("main");
const trail = document.getElementById("trail");
const scene = document.getElementById("scene");
const heard = document.getElementById("heard");

const asked = new URLSearchParams(location.search).get("flow") || undefined;
const studio = asked ? `/studio?${new URLSearchParams({ flow: asked })}` : "/studio";

let flow = asked;
let leave = () => {};
/** What is on the screen: the place, and the session as it stood when it was drawn. */
let shown = {};

const ways = {
  go: (step) => draw(shown.view, { step }),
  taken: (view, { moved, made }) => draw(view, { note: moved && movedNote(), step: made, sent: true }),
  dismissed: (view) => draw(view),
  elsewhere: (view, { moved, kept }) => draw(view, { note: moved ? movedNote() : kept && keptNote(kept.title) }),
  standing: (view, { unsent }) => draw(view, { note: unsentNote(unsent), step: shown.place.step?.id }),
  declared,
  enter: (view) => enter.taken(view),
};

async function open({ note } = {}) {
  let told = note;
  const gone = () => (told ??= clearedNote());
  try {
    const view = await untilReached(() => findOrStart(flow, gone), lostScreen(showNotice));
    await draw(view, { step: chosenStep(), note: told });
  } catch (refusal) {
    showNotice(refusedScreen(refusal));
  }
}

/** Draws where the person is: at the step that they chose to look at, else where the session goes on. */
async function draw(view, { step, note, travelled, sent } = {}) {
  const place = placeOf(view, step);
  const before = shown;
  flow = view.flow;
  leave();
  leave = () => {};
  shown = { place, view };
  const here = ["step", "standing"].includes(place.name) ? place.step : undefined;
  arriveAt(here?.id, { instead: travelled || !worthComingBack(before.place) });
  drawTrail(trail, view, { step: here, go: ways.go });
  const said = { view, step: place.step, note, say, ways };
  switch (place.name) {
    case "step":
      return put(stepScreen(said));
    case "standing":
      return put(standingScreen(said));
    case "made":
      return drawMade(view, { note, kblock: await readKblock(place.step.kblock_id || view.first_kblock_id) });
    case "ready":
      return put(readyScreen(said));
    case "finished":
      return drawFinished(said, { isNew: before.view?.completed === false, sent });
    case "dismissed":
      return put(dismissedScreen(said));
    case "superseded":
      return open({ note });
    case "done":
      put({ screen: doneScreen(studio), title: "You are in", leave() {} }, { seed: view.first_kblock_id });
      return forward();
  }
}

/**
 * The stone falls for who has just finished a flow; one that made K-Blocks has its stone already. Drafts are dropped
 * where they were sent from: what was typed while the flow was finished elsewhere stays.
 */
function drawFinished(said, { isNew, sent }) {
  const { first_kblock_id: kblock, started_at: started } = said.view;
  if (isNew && sent) {
    dropDrafts(flow);
  }
  put(finishedScreen(said), { seed: kblock || `${flow} ${started}`, falling: isNew && !kblock });
}

function put({ screen, title, focused, leave: left }, stone) {
  leave = left;
  drawScene(scene, stone);
  show(main, title, screen, focused);
}

/** The declaration was taken: celebrate it, whatever else can be read now. */
async function declared(made, { text, moved }) {
  shown = { place: { name: "made" } };
  arriveAt(undefined, { instead: true });
  const [view, kept] = await Promise.all([find(flow).catch(() => undefined), readKblock(made.kblock_id)]);
  if (view) {
    shown.view = view;
    drawTrail(trail, view, { go: ways.go });
  }
  const kblock = kept || { id: made.kblock_id, layer: made.layer, loss: made.loss, title: text };
  drawMade(view, { kblock, celebration: made.celebration, justification: made.justification, note: moved && movedNote() });
}

function drawMade(view, { kblock, celebration, justification, note }) {
  const color = celebration?.color || (kblock && bandOf(kblock.loss).color);
  const next = shown.place.step?.id !== view?.next_step && view?.next_step;
  const onward = next && (() => ways.go(next));
  const made = madeScreen({ view, kblock, celebration, justification, note, color, studio, say, onward, enter });
  put(made, { seed: kblock?.id, color, falling: Boolean(celebration) });
  if (celebration) {
    const stop = confetti(celebration, scene.firstElementChild);
    leave = () => {
      made.leave();
      stop();
    };
  }
}

const enter = {
  action: () => api.complete(flow),
  taken(view) {
    try {
      sessionStorage.setItem("onward/greeting", view.completion_message);
    } catch {
      // The greeting is a courtesy: where the browser keeps nothing, the studio opens without it.
    }
    location.assign(studio);
  },
};

/** A K-Block that is gone, or cannot be read now, does not keep anybody from going on. */
async function readKblock(id) {
  return id ? api.kblock(id).catch(() => api.kblock(id)).catch(() => undefined) : undefined;
}

function showNotice(screen) {
  leave();
  leave = () => {};
  shown = {};
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

/** Whether the browser's back button shall lead to a place again, once it is left. */
const worthComingBack = (place) =>
  ["ready", "finished", "standing"].includes(place?.name) || Boolean(place?.name === "step" && place.step.revisable);

/** Back in this tab: another one may have gone on in the meantime. */
async function lookAgain() {
  const { place, view: before } = shown;
  if (document.visibilityState !== "visible" || !["step", "ready", "dismissed"].includes(place?.name)) {
    return;
  }
  const view = await find(flow).catch(() => undefined);
  if (!view || shown.view !== before || view.revision === before.revision) {
    return;
  }
  const step = place.step?.id === before.next_step ? undefined : place.step?.id;
  const now = placeOf(view, step);
  if (now.name === place.name && sameStep(now.step, place.step)) {
    drawTrail(trail, view, { step: now.step, go: ways.go });
  } else {
    await draw(view, { step });
  }
}

const sameStep = (one, other) =>
  one?.id === other?.id && one?.state === other?.state && JSON.stringify(one?.answer) === JSON.stringify(other?.answer);

onTravel(async (step) => {
  const view = shown.view && ((await find(flow).catch(() => undefined)) ?? shown.view);
  if (view && chosenStep() === step) {
    await draw(view, { step, travelled: true });
  }
});
document.addEventListener("visibilitychange", lookAgain);
addEventListener("pageshow", (event) => event.persisted && open());
open();
