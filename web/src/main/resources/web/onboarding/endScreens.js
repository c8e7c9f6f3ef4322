import { api, Problem } from "../shared/api.js";
import { el } from "../shared/dom.js";
import { withRetries } from "./retry.js";
import { backLink, dismissLink } from "./navigation.js";
import { leadsToStudio } from "./place.js";
import { createSubmission } from "./submit.js";
import { summaryOf } from "./summary.js";

/** After the last step of a flow with `completes: call`: a summary to review, then a button that completes it. */
export function readyScreen({ view, note, announce, actions }) {
  const summary = summaryOf(view, actions.go);
  const studio = leadsToStudio(view);
  const { flow } = view;
  const dismiss = withRetries(view, undefined, ({ key }) => api.dismiss(flow, { key }));
  return screenOf({
    announce,
    heading: "That's everything we need.",
    lead: summary ? "Check your answers before you finish." : "You've completed every step.",
    parts: [note, summary],
    before: backLink(view, undefined, actions.go),
    label: studio ? "Enter the studio" : "Finish",
    action: withRetries(view, undefined, (options) => api.complete(flow, options)),
    onSuccess: studio ? actions.enter : (session, moved) => actions.answered(session, { moved }),
    actions,
    after: (press) => dismissLink(view, ({ currentTarget }) => press(currentTarget, dismiss, actions.dismissed)),
  });
}

/** The end of a flow: its completion message and the answers. */
export function finishedScreen({ view, note, announce, actions }) {
  const studio = leadsToStudio(view);
  return screenOf({
    announce,
    heading: view.completion_message || "You're all done.",
    lead: `You've completed “${view.title}”. Your answers are saved.`,
    parts: [note, summaryOf(view, actions.go)],
    label: studio && "Enter the studio",
    action: withRetries(view, undefined, ({ key }) => api.complete(view.flow, { key })),
    onSuccess: actions.enter,
    actions,
  });
}

/** The person chose "Not now". */
export function dismissedScreen({ view, announce, actions }) {
  return screenOf({
    announce,
    heading: "Saved for later.",
    lead: "Your answers are saved, and what you typed is still on this device. Come back whenever you're ready.",
    label: "Continue where I left off",
    action: withRetries(view, undefined, ({ key }) => api.reopen(view.flow, { key })),
    onSuccess: (session, moved) => actions.answered(session, { moved }),
    actions,
  });
}

function screenOf({ announce, heading, lead, parts = [], before, label, action, onSuccess, actions, after = () => null }) {
  const submission = createSubmission({ announce, safe: "Everything is saved." });
  const button = label && el("button", { class: "button", type: "button", onclick: () => press(button, action, onSuccess) }, label);
  const screen = el(
    "section",
    { class: "screen" },
    before,
    el("h1", {}, heading),
    el("p", { class: "lead" }, lead),
    ...parts,
    submission.element,
    button && el("div", { class: "actions" }, button),
    after(press),
  );

  async function press(pressed, run, next) {
    if (!submission.isBusy()) {
      await submission.send(pressed, run, { onSuccess: ({ answer, moved }) => next(answer, moved), onError });
    }
  }

  /** If the session changed elsewhere, its current state is shown. */
  function onError(error) {
    if (!(error instanceof Problem)) {
      return submission.fail(error);
    }
    return error.session ? actions.changedElsewhere(error.session, error) : submission.showErrors([error.message]);
  }

  return { screen, title: heading, leave: submission.leave };
}
