import { api, Problem } from "../shared/api.js";
import { el } from "../shared/dom.js";
import { delivery } from "./delivery.js";
import { backTo, notNow } from "./leading.js";
import { leadsToStudio } from "./place.js";
import { sending } from "./sending.js";
import { summaryOf } from "./summary.js";

/** Past the last step of a flow that waits for the person's word: all of it to look over, then the end. */
export function readyScreen({ view, note, say, ways }) {
  const summary = summaryOf(view, ways.go);
  const studio = leadsToStudio(view);
  const { flow } = view;
  const dismiss = delivery(view, undefined, ({ key }) => api.dismiss(flow, { key }));
  return screenOf({
    say,
    heading: "That is all we ask.",
    lead: summary ? "Look it over once more, and change what you like." : "Nothing else is left to do here.",
    parts: [note, summary],
    before: backTo(view, undefined, ways.go),
    label: studio ? "Enter the studio" : "Finish",
    action: delivery(view, undefined, (said) => api.complete(flow, said)),
    taken: studio ? ways.enter : (session, moved) => ways.taken(session, { moved }),
    ways,
    after: (press) => notNow(view, ({ currentTarget }) => press(currentTarget, dismiss, ways.dismissed)),
  });
}

/** The end of a flow: its own last words, and what was answered. */
export function finishedScreen({ view, note, say, ways }) {
  const studio = leadsToStudio(view);
  return screenOf({
    say,
    heading: view.completion_message || "That was everything.",
    lead: `You have been all the way through “${view.title}”. What you answered is kept.`,
    parts: [note, summaryOf(view, ways.go)],
    label: studio && "Enter the studio",
    action: delivery(view, undefined, ({ key }) => api.complete(view.flow, { key })),
    taken: ways.enter,
    ways,
  });
}

/** Not now, by the person's own wish. */
export function dismissedScreen({ view, say, ways }) {
  return screenOf({
    say,
    heading: "Not now, then.",
    lead: "Everything you answered is kept, and so is what you had begun. Come back whenever it suits you.",
    label: "Go on where I was",
    action: delivery(view, undefined, ({ key }) => api.reopen(view.flow, { key })),
    taken: (session, moved) => ways.taken(session, { moved }),
    ways,
  });
}

function screenOf({ say, heading, lead, parts = [], before, label, action, taken, ways, after = () => null }) {
  const mail = sending({ say, safe: "Everything is kept." });
  const button = label && el("button", { class: "button", type: "button", onclick: () => press(button, action, taken) }, label);
  const screen = el(
    "section",
    { class: "screen" },
    before,
    el("h1", {}, heading),
    el("p", { class: "lead" }, lead),
    ...parts,
    mail.element,
    button && el("div", { class: "actions" }, button),
    after(press),
  );

  async function press(pressed, deliver, then) {
    if (!mail.isBusy()) {
      await mail.send(pressed, deliver, { taken: ({ answer, moved }) => then(answer, moved), refused });
    }
  }

  /** A session that has gone on elsewhere is shown as it stands. */
  function refused(refusal) {
    if (!(refusal instanceof Problem)) {
      return mail.failed(refusal);
    }
    return refusal.session ? ways.elsewhere(refusal.session, refusal) : mail.tell([refusal.message]);
  }

  return { screen, title: heading, leave: mail.leave };
}
