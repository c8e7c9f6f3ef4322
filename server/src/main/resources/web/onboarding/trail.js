import { el } from "../shared/dom.js";

/** How far somebody is: one mark for each step, and one for the studio at the end. */
export function drawTrail(trail, status) {
  const steps = status.steps || [];
  const inStudio = status.current_step === "completed";
  const done = steps.filter((step) => step.done).length;
  const all = steps.length + 1;
  const now = inStudio ? all : done;
  const here = steps.find((step) => !step.done)?.title || "Enter the studio";
  trail.replaceChildren(
    el("p", { class: "quiet", "aria-hidden": "true" }, `Step ${Math.min(now + 1, all)} of ${all}`),
    el(
      "div",
      {
        class: "trail-line",
        role: "progressbar",
        "aria-label": "Your way to the studio",
        "aria-valuemin": 0,
        "aria-valuemax": all,
        "aria-valuenow": now,
        "aria-valuetext": `${now} of ${all} done${inStudio ? "" : `, now: ${here}`}`,
      },
      ...Array.from({ length: all }, (_, index) =>
        el("span", { class: index < now ? "trail-mark done" : index === now ? "trail-mark now" : "trail-mark" }),
      ),
    ),
  );
}
