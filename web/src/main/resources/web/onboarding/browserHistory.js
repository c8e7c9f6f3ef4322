/**
 * The browser's back and forward buttons move between steps: each step is an entry of the tab's history. The address
 * does not change.
 */

/** The step id of the current history entry; undefined for the session's current step. */
export const chosenStep = () => history.state?.step ?? undefined;

let here;

/** Adds a step to the history; `replace` overwrites the current entry, so that people do not return to it. */
export function recordStep(step, { replace }) {
  here = step;
  if (history.state && chosenStep() === step) {
    return;
  }
  if (replace || !history.state) {
    history.replaceState({ step }, "");
  } else {
    history.pushState({ step }, "");
  }
}

/** Calls `moved` with the step that the person reached with the browser's buttons. */
export function onNavigate(moved) {
  addEventListener("popstate", () => {
    if (history.state) {
      moved(chosenStep());
    } else {
      // A link within the page, such as the one that skips the header.
      history.replaceState({ step: here }, "");
    }
  });
}
