import { api } from "../shared/api.js";
import { bandOf } from "../shared/clarity.js";
import { show } from "../shared/dom.js";
import { deleteDrafts } from "../shared/drafts.js";
import { offlineScreen } from "../shared/offline.js";
import { untilReached } from "../shared/reconnect.js";
import { drawScene } from "../shared/scene.js";
import { find, findOrStart } from "../shared/sessions.js";
import { chosenStep, onNavigate, recordStep } from "./browserHistory.js";
import { confetti } from "./confetti.js";
import { dismissedScreen, finishedScreen, readyScreen } from "./endScreens.js";
import { alreadyDoneScreen, errorScreen } from "./errorScreen.js";
import { sessionExpiredNote, draftSavedNote, newSessionNote, unsentNote } from "./notes.js";
import { placeOf } from "./place.js";
import { drawProgress } from "./progress.js";
import { readonlyStepScreen } from "./readonlyStep.js";
import { resultScreen } from "./result.js";
import { stepScreen } from "./step.js";

const main = document.getElementById("main");
const progress = document.getElementById("progress");
const scene = document.getElementById("scene");
const liveRegion = document.getElementById("live-region");

const requestedFlow = new URLSearchParams(location.search).get("flow") || undefined;
const studio = requestedFlow ? `/studio?${new URLSearchParams({ flow: requestedFlow })}` : "/studio";

let flow = requestedFlow;
let leave = () => {};
/** What the screen shows: the place, and the session at the time it was drawn. */
let shown = {};

const actions = {
  go: (step) => draw(shown.view, { step }),
  answered: (view, { moved, created }) => draw(view, { note: moved && newSessionNote(), step: created, sent: true }),
  dismissed: (view) => draw(view),
  changedElsewhere: (view, { moved, unsentStep }) =>
    draw(view, { note: moved ? newSessionNote() : unsentStep && draftSavedNote(unsentStep.title) }),
  readonly: (view, { unsent }) => draw(view, { note: unsentNote(unsent), step: shown.place.step?.id }),
  declared,
  enter: (view) => enter.onSuccess(view),
};

async function open({ note } = {}) {
  let shownNote = note;
  const onGone = () => (shownNote ??= sessionExpiredNote());
  try {
    const view = await untilReached(() => findOrStart(flow, onGone), offlineScreen(showNotice));
    await draw(view, { step: chosenStep(), note: shownNote });
  } catch (error) {
    showNotice(errorScreen(error));
  }
}

/** Draws the step that the person chose, or else the session's current place. */
async function draw(view, { step, note, travelled, sent } = {}) {
  const place = placeOf(view, step);
  const before = shown;
  flow = view.flow;
  leave();
  leave = () => {};
  shown = { place, view };
  const here = ["step", "readonly"].includes(place.name) ? place.step : undefined;
  recordStep(here?.id, { replace: travelled || !worthComingBack(before.place) });
  drawProgress(progress, view, { step: here, go: actions.go });
  const options = { view, step: place.step, note, announce, actions };
  switch (place.name) {
    case "step":
      return put(stepScreen(options));
    case "readonly":
      return put(readonlyStepScreen(options));
    case "result":
      return drawResult(view, { note, kblock: await readKblock(place.step.kblock_id || view.first_kblock_id) });
    case "ready":
      return put(readyScreen(options));
    case "finished":
      return drawFinished(options, { isNew: before.view?.completed === false, sent });
    case "dismissed":
      return put(dismissedScreen(options));
    case "superseded":
      return open({ note });
    case "done":
      put({ screen: alreadyDoneScreen(studio), title: "You are in", leave() {} }, { seed: view.first_kblock_id });
      return forward();
  }
}

/**
 * The stone falls when a flow has just been finished; a flow that created K-Blocks already has its stone. Drafts are
 * deleted where they were sent from: what was typed while the flow was finished elsewhere stays.
 */
function drawFinished(options, { isNew, sent }) {
  const { first_kblock_id: kblock, started_at: started } = options.view;
  if (isNew && sent) {
    deleteDrafts(flow);
  }
  put(finishedScreen(options), { seed: kblock || `${flow} ${started}`, falling: isNew && !kblock });
}

function put({ screen, title, focused, leave: leaveScreen }, stone) {
  leave = leaveScreen;
  drawScene(scene, stone);
  show(main, title, screen, focused);
}

/** The declaration was accepted: celebrate it, even if nothing else can be read now. */
async function declared(result, { text, moved }) {
  shown = { place: { name: "result" } };
  recordStep(undefined, { replace: true });
  const [view, stored] = await Promise.all([find(flow).catch(() => undefined), readKblock(result.kblock_id)]);
  if (view) {
    shown.view = view;
    drawProgress(progress, view, { go: actions.go });
  }
  const { kblock_id: id, layer, loss, celebration, justification } = result;
  drawResult(view, { kblock: stored || { id, layer, loss, title: text }, celebration, justification, note: moved && newSessionNote() });
}

function drawResult(view, { kblock, celebration, justification, note }) {
  const color = celebration?.color || (kblock && bandOf(kblock.loss).color);
  const next = shown.place.step?.id !== view?.next_step && view?.next_step;
  const goToNext = next && (() => actions.go(next));
  const result = resultScreen({ view, kblock, celebration, justification, note, color, studio, announce, goToNext, enter });
  put(result, { seed: kblock?.id, color, falling: Boolean(celebration) });
  if (celebration) {
    const stop = confetti(celebration, scene.firstElementChild);
    leave = () => {
      result.leave();
      stop();
    };
  }
}

const enter = {
  action: () => api.complete(flow),
  onSuccess(view) {
    try {
      sessionStorage.setItem("onward/greeting", view.completion_message);
    } catch {
      // The greeting is optional: without storage, the studio opens without it.
    }
    location.assign(studio);
  },
};

/** A K-Block that cannot be read does not stop anyone from continuing. */
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

function announce(text) {
  liveRegion.textContent = "";
  requestAnimationFrame(() => (liveRegion.textContent = text));
}

function forward() {
  const timer = setTimeout(() => location.replace(studio), 2500);
  leave = () => clearTimeout(timer);
}

/** Whether the browser's back button should return to a place after it was left. */
const worthComingBack = (place) =>
  ["ready", "finished", "readonly"].includes(place?.name) || Boolean(place?.name === "step" && place.step.revisable);

/** Back in this tab: the session may have changed in another one. */
async function refresh() {
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
    drawProgress(progress, view, { step: now.step, go: actions.go });
  } else {
    await draw(view, { step });
  }
}

const sameStep = (one, other) =>
  one?.id === other?.id && one?.state === other?.state && JSON.stringify(one?.answer) === JSON.stringify(other?.answer);

onNavigate(async (step) => {
  const view = shown.view && ((await find(flow).catch(() => undefined)) ?? shown.view);
  if (view && chosenStep() === step) {
    await draw(view, { step, travelled: true });
  }
});
document.addEventListener("visibilitychange", refresh);
addEventListener("pageshow", (event) => event.persisted && open());
open();
