import { api, Problem } from "../shared/api.js";
import { el } from "../shared/dom.js";
import { dropDraft } from "../shared/drafts.js";
import { delivery } from "./delivery.js";
import { answerForm } from "./form.js";
import { backTo, notNow } from "./leading.js";
import { elsewhereNote, foundNote } from "./notes.js";
import { declarationStep } from "./place.js";
import { sending } from "./sending.js";
import { lineOf } from "./words.js";

/**
 * A step: a question with its fields, or a page to read where it asks for nothing. `ways` leads on:
 *
 *   taken(session, {moved, made})      the answer is in it; in a new one, if `moved`; at the step `made` it became more
 *   declared(made, {text, moved})      it was a declaration, and this is what it became
 *   dismissed(session)                 not now
 *   standing(session, {unsent})        another answer stands, and cannot be changed
 *   elsewhere(session, {moved, kept})  it has gone on without this answer, whose draft is kept
 *   go(step)                           to look at another step
 *
 * `say` speaks to a screen reader.
 */
export function stepScreen({ view, step, note, say, ways }) {
  const { flow } = view;
  const { ui = {} } = step;
  const form = step.input && answerForm({ flow, step, changed: () => mail.edited() });
  const mail = sending({ say, safe: form?.hasLines ? "Your text is safe here." : "Your answer is safe here." });
  const button = el("button", { class: "button", type: "submit" }, ui.submit || "Continue");
  const element = el(
    "form",
    { class: "question", novalidate: true, onsubmit: submit, onkeydown: submitByKey },
    form?.element,
    mail.element,
    el(
      "div",
      { class: "actions" },
      button,
      step.optional && el("button", { class: "button button-plain", type: "button", onclick: skip }, ui.skip || "Skip this"),
      form?.hasLines && el("p", { class: "quiet keys" }, keysHint()),
    ),
  );
  const screen = el(
    "section",
    { class: "screen" },
    backTo(view, step, ways.go),
    el("h1", { id: "question" }, step.title),
    step.description && el("p", { class: "lead", id: "about" }, step.description),
    ui.snippet && el("pre", { class: "snippet" }, el("code", {}, String(ui.snippet))),
    note,
    form?.isFound && foundNote(),
    element,
    notNow(view, dismiss),
  );
  let standing = view;

  function submit(event) {
    event.preventDefault();
    const answer = form?.answer();
    const text = declarationIn(view, step, answer);
    if (text === undefined) {
      return send(button, (said) => api.submit(flow, step.id, answer, said), answered);
    }
    return send(button, ({ key }) => api.declare(flow, text, { key }), (made, moved) => {
      close();
      return ways.declared(made, { text, moved });
    });
  }

  function skip(event) {
    return send(event.currentTarget, (said) => api.skip(flow, step.id, said), (session, moved) => {
      leave();
      return ways.taken(session, { moved });
    });
  }

  function dismiss(event) {
    return send(event.currentTarget, ({ key }) => api.dismiss(flow, { key }), (session) => {
      leave();
      return ways.dismissed(session);
    });
  }

  function answered(session, moved) {
    close();
    return ways.taken(session, { moved, made: step.creates && step.id });
  }

  async function send(pressed, action, taken) {
    if (mail.isBusy()) {
      return;
    }
    form?.keep();
    form?.accept();
    const deliver = delivery(standing, step.id, action);
    await mail.send(pressed, () => holding(deliver), { taken: ({ answer, moved }) => taken(answer, moved), refused });
  }

  async function holding(deliver) {
    form?.hold(true);
    try {
      return await deliver();
    } finally {
      form?.hold(false);
    }
  }

  function refused(refusal) {
    if (!(refusal instanceof Problem)) {
      return mail.failed(refusal);
    }
    const { code, session, moved } = refusal;
    const other = session?.steps.find(({ id }) => id === step.id);
    if (session && (["already_declared", "already_answered"].includes(code) || (other?.done && !other.revisable))) {
      leave();
      return ways.standing(session, { unsent: form && lineOf({ ...step, state: "done", answer: form.answer() }) });
    }
    if (code === "stale_revision" && other?.reachable && session.state !== "dismissed") {
      standing = session;
      return mail.show(elsewhereNote(lineOf(other)));
    }
    if (session) {
      leave();
      return ways.elsewhere(session, { moved, kept: form && step });
    }
    const errors = refusal.errors.length > 0 ? refusal.errors : [{ detail: refusal.message }];
    const left = form ? form.refuse(errors) : errors.map(({ detail }) => detail);
    return left.length > 0 && mail.tell(left);
  }

  function submitByKey(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      element.requestSubmit();
    }
  }

  function close() {
    leave();
    dropDraft(flow, step.id);
  }

  function leave() {
    form?.leave();
    mail.leave();
  }

  return { screen, title: step.title, focused: form?.focused, leave };
}

/** The text of an answer that is this flow's first declaration and nothing else; undefined for every other answer. */
function declarationIn(view, step, answer) {
  if (declarationStep(view)?.id !== step.id) {
    return undefined;
  }
  const { declaration = "", ...others } = answer ?? {};
  return Object.keys(others).length === 0 ? declaration : undefined;
}

function keysHint() {
  const apple = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform || navigator.platform || "");
  return el("span", {}, "or press ", el("kbd", {}, apple ? "⌘" : "Ctrl"), " ", el("kbd", {}, "Enter"));
}
