import { el } from "./dom.js";

/** The bands have the celebration's colours, so that later visits match it. */
const BANDS = [
  { under: 0.1, color: "#c4a77d", text: "Very clear: there is only one way to read it." },
  { under: 0.3, color: "#7a9d7a", text: "Clear and precise." },
  { under: 0.5, color: "#8a8a94", text: "The main idea is clear, with room to be more precise." },
  { under: Infinity, color: "#7a85a0", text: "Short and open: it could still mean many things." },
];

export const bandOf = (loss) => BANDS.find((band) => loss < band.under);

/**
 * Loss is how vague a declaration is. People see the opposite, its clarity, with `text` as the reason (by default the
 * band's).
 */
export function clarityMeter(loss, text = bandOf(loss).text) {
  const band = bandOf(loss);
  const percent = Math.round((1 - loss) * 100);
  const reading = `${percent}% clear.`;
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
      "aria-valuetext": `${percent}% clear. ${text}`,
    },
    fill,
  );
  meter.style.setProperty("--reading", `${percent}%`);
  meter.style.setProperty("--accent", band.color);
  return el(
    "div",
    { class: "clarity" },
    el("p", { class: "clarity-words" }, el("strong", {}, reading), ` ${text}`),
    meter,
    el("p", { class: "clarity-ends", "aria-hidden": "true" }, el("span", {}, "open"), el("span", {}, "precise")),
  );
}
