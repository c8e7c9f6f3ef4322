/**
 * The browser's own back and forward lead from step to step: each step is an entry of the tab's history. The address
 * stays as it is.
 */

/** The id of the step that the present entry stands for; undefined where it stands for wherever the session is. */
export const chosenStep = () => history.state?.step ?? undefined;

let here;

/** Notes that the tab has come to a step; `instead` of where it was, when nobody would want to come back to that. */
export function arriveAt(step, { instead }) {
  here = step;
  if (history.state && chosenStep() === step) {
    return;
  }
  if (instead || !history.state) {
    history.replaceState({ step }, "");
  } else {
    history.pushState({ step }, "");
  }
}

/** Calls `moved` with the step that the reader went to by the browser's own buttons. */
export function onTravel(moved) {
  addEventListener("popstate", () => {
    if (history.state) {
      moved(chosenStep());
    } else {
      // A link within the page, such as the one that skips the header.
      history.replaceState({ step: here }, "");
    }
  });
}
