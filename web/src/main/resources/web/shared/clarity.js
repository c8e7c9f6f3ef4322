import { el } from "./dom.js";

/** The bands have the celebration's colours, so that later visits match it. */
const BANDS = [
  { under: 0.1, color: "#c4a77d", words: "Crystal clear: it can hardly be read another way." },
  { under: 0.3, color: "#7a9d7a", words: "You said it precisely." },
  { under: 0.5, color: "#8a8a94", words: "The heart of it is there, with room to sharpen." },
  { under: Infinity, color: "#7a85a0", words: "A short beginning that can still become many things." },
];

export const bandOf = (loss) => BANDS.find((band) => loss < band.under);

/**
 * Loss is how vague a declaration is. People see the opposite, its clarity, with `words` as the reason (by default the
 * band's).
 */
export function clarityMeter(loss, words = bandOf(loss).words) {
  const band = bandOf(loss);
  const percent = Math.round((1 - loss) * 100);
  const reading = `${percent}\u00a0% clear.`;
  const fill = el("span", { class: "clarity-fill" });
  const meter = el(
    "div",
    {
      class: "clarity-line",
      role: "meter",
      "aria-label": "Clarity",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": percent,
      "aria-valuetext": `${percent} % clear. ${words}`,
    },
    fill,
  );
  meter.style.setProperty("--reading", `${percent}%`);
  meter.style.setProperty("--accent", band.color);
  return el(
    "div",
    { class: "clarity" },
    el("p", { class: "clarity-words" }, el("strong", {}, reading), ` ${words}`),
    meter,
    el("p", { class: "clarity-ends", "aria-hidden": "true" }, el("span", {}, "open"), el("span", {}, "precise")),
  );
}
