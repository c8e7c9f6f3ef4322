import { api, Problem } from "../shared/api.js";
import { el } from "../shared/dom.js";
import { deleteDraft } from "../shared/drafts.js";
import { withRetries } from "./retry.js";
import { answerForm } from "./form.js";
import { backLink, dismissLink } from "./navigation.js";
import { elsewhereNote, restoredDraftNote } from "./notes.js";
import { declarationStep } from "./place.js";
import { createSubmission } from "./submit.js";
import { answerText } from "./answerText.js";

/**
 * A step: a question with its fields, or a page to read if it has no input. `actions` says how to continue:
 *
 *   answered(session, {moved, created})             the answer was accepted, by a new session if `moved`; `created` is
 *                                                   the step's id if it created a K-Block
 *   declared(result, {text, moved})                 the answer was a declaration, with this result
 *   dismissed(session)                              the person chose "Not now"
 *   readonly(session, {unsent})                     another answer exists and is final
 *   changedElsewhere(session, {moved, unsentStep})  the session changed without this answer, which stays a draft
 *   go(step)                                        shows another step
 *
 * `announce` reads a text aloud in screen readers.
 */
export function stepScreen({ view, step, note, announce, actions }) {
  const { flow } = view;
  const { ui = {} } = step;
  const form = step.input && answerForm({ flow, step, changed: () => submission.edited() });
  const submission = createSubmission({
    announce,
    safe: form?.hasLines ? "Your text is saved on this device." : "Your answer is saved on this device.",
  });
  const button = el("button", { class: "button", type: "submit" }, ui.submit || "Continue");
  const element = el(
    "form",
    { class: "question", novalidate: true, onsubmit: submit, onkeydown: submitByKey },
    form?.element,
    submission.element,
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
    backLink(view, step, actions.go),
    el("h1", { id: "question" }, step.title),
    step.description && el("p", { class: "lead", id: "about" }, step.description),
    ui.snippet && el("pre", { class: "snippet" }, el("code", {}, String(ui.snippet))),
    note,
    form?.hasDraft && restoredDraftNote(),
    element,
    dismissLink(view, dismiss),
  );
  let base = view;

  function submit(event) {
    event.preventDefault();
    const answer = form?.answer();
    const text = declarationIn(view, step, answer);
    if (text === undefined) {
      return send(button, (options) => api.submit(flow, step.id, answer, options), answered);
    }
    return send(button, ({ key }) => api.declare(flow, text, { key }), (result, moved) => {
      close();
      return actions.declared(result, { text, moved });
    });
  }

  function skip(event) {
    return send(event.currentTarget, (options) => api.skip(flow, step.id, options), (session, moved) => {
      leave();
      return actions.answered(session, { moved });
    });
  }

  function dismiss(event) {
    return send(event.currentTarget, ({ key }) => api.dismiss(flow, { key }), (session) => {
      leave();
      return actions.dismissed(session);
    });
  }

  function answered(session, moved) {
    close();
    return actions.answered(session, { moved, created: step.creates && step.id });
  }

  async function send(pressed, action, onSuccess) {
    if (submission.isBusy()) {
      return;
    }
    form?.save();
    form?.clearErrors();
    const run = withRetries(base, step.id, action);
    const done = ({ answer, moved }) => onSuccess(answer, moved);
    await submission.send(pressed, () => whileLocked(run), { onSuccess: done, onError });
  }

  async function whileLocked(run) {
    form?.lock(true);
    try {
      return await run();
    } finally {
      form?.lock(false);
    }
  }

  function onError(error) {
    if (!(error instanceof Problem)) {
      return submission.fail(error);
    }
    const { code, session, moved } = error;
    const other = session?.steps.find(({ id }) => id === step.id);
    if (session && (["already_declared", "already_answered"].includes(code) || (other?.done && !other.revisable))) {
      leave();
      return actions.readonly(session, { unsent: form && answerText({ ...step, state: "done", answer: form.answer() }) });
    }
    if (code === "stale_revision" && other?.reachable && session.state !== "dismissed") {
      base = session;
      return submission.show(elsewhereNote(answerText(other)));
    }
    if (session) {
      leave();
      return actions.changedElsewhere(session, { moved, unsentStep: form && step });
    }
    const errors = error.errors.length > 0 ? error.errors : [{ detail: error.message }];
    const unplaced = form ? form.showErrors(errors) : errors.map(({ detail }) => detail);
    return unplaced.length > 0 && submission.showErrors(unplaced);
  }

  function submitByKey(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      element.requestSubmit();
    }
  }

  function close() {
    leave();
    deleteDraft(flow, step.id);
  }

  function leave() {
    form?.leave();
    submission.leave();
  }

  return { screen, title: step.title, focused: form?.focused, leave };
}

/** The text of an answer that is only this flow's first declaration; undefined for any other answer. */
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
