import { api, Problem } from "../shared/api.js";
import { el } from "../shared/dom.js";
import { draftOf, dropDraft, followDraft } from "../shared/drafts.js";
import { lostNote, wordsOf } from "../shared/lost.js";
import { untilReached } from "../shared/retry.js";
import { findOrStart, namesNoSession } from "../shared/sessions.js";
import { answerField } from "./field.js";

/**
 * A step that asks for a declaration: one long text. `declared` is given the server's answer and the text,
 * `standing` the session and the text that was not taken when another declaration stands already; `say` speaks
 * to a screen reader.
 */
export function questionScreen({ flow, step, say, declared, standing }) {
  const { id, title, description, ui = {} } = step;
  const field = answerField({
    flow,
    step: id,
    placeholder: ui.placeholder,
    longest: step.input?.properties?.declaration?.maxLength || 10_000,
    describedBy: description ? "refusal about count" : "refusal count",
    changed,
  });
  const button = el("button", { class: "button", type: "submit" }, ui.submit || "Continue");
  const trouble = el("div", { class: "trouble" });
  const lost = lostNote("Your text is safe here.");
  const form = el(
    "form",
    { class: "question", novalidate: true, onsubmit: submit, onkeydown: submitByKey },
    field.element,
    trouble,
    el("div", { class: "actions" }, button, el("p", { class: "quiet keys" }, keysHint())),
  );
  const found = draftOf(flow, id);
  const screen = el(
    "section",
    { class: "screen" },
    el("h1", { id: "question" }, title),
    description && el("p", { class: "lead", id: "about" }, description),
    found !== "" && el("p", { class: "note" }, "Welcome back. Here is what you had written."),
    form,
  );
  let sending;
  let moved = false;
  const stopFollowing = followDraft(flow, id, (text) => document.hidden && text !== "" && field.write(text));

  async function submit(event) {
    event.preventDefault();
    if (sending) {
      return;
    }
    sending = new AbortController();
    field.keep();
    field.accept();
    trouble.replaceChildren();
    button.setAttribute("aria-disabled", "true");
    const text = field.text();
    try {
      const answer = await untilReached(() => send(text), { waiting, signal: sending.signal });
      dropDraft(flow, id);
      leave();
      await declared(answer, { text, note: moved && { moved } });
    } catch (refusal) {
      await refused(refusal, text);
    } finally {
      sending = undefined;
      button.removeAttribute("aria-disabled");
      button.textContent = ui.submit || "Continue";
    }
  }

  /** A session that was cleaned away in between is replaced by a new one: what was typed goes there. */
  async function send(text) {
    field.hold(true);
    button.textContent = "One moment…";
    try {
      return await api.declare(flow, text);
    } catch (problem) {
      if (namesNoSession(problem)) {
        await findOrStart(flow);
        moved = true;
      } else if (problem.code !== "changed_meanwhile") {
        throw problem;
      }
      return await api.declare(flow, text);
    } finally {
      field.hold(false);
    }
  }

  async function refused(refusal, text) {
    if (refusal === "left") {
      return;
    }
    if (refusal === "edited") {
      trouble.replaceChildren(el("p", { class: "note" }, "Not sent yet. Your text is kept here; send it when you are ready."));
      return;
    }
    if (refusal instanceof Problem && refusal.code === "already_declared") {
      leave();
      await standing(refusal.session || (await findOrStart(flow)), text);
      return;
    }
    field.refuse(refusal.message);
  }

  function waiting(wait) {
    button.textContent = "Waiting…";
    lost.waiting(wait);
    if (!lost.element.isConnected) {
      trouble.replaceChildren(lost.element);
      say(`${wordsOf(wait.detail)} Your text is safe here, and it is sent again by itself.`);
    }
  }

  /** Who goes on writing while a retry waits does not want the half-finished text sent. */
  function changed() {
    sending?.abort("edited");
  }

  function submitByKey(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  }

  function leave() {
    stopFollowing();
    field.leave();
    sending?.abort("left");
  }

  return { screen, title, focused: field.input, leave };
}

function keysHint() {
  const apple = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform || navigator.platform || "");
  return el("span", {}, "or press ", el("kbd", {}, apple ? "⌘" : "Ctrl"), " ", el("kbd", {}, "Enter"));
}
