import { clarityMeter } from "../shared/clarity.js";
import { el } from "../shared/dom.js";
import { layerName } from "../shared/layers.js";

/** The person's K-Block: title, the whole text if it is longer, and clarity. */
export function kblockPart(kblock, greeting) {
  const more = kblock.content.trim() !== kblock.title;
  return el(
    "article",
    { class: "work", "aria-labelledby": "title" },
    greeting && el("p", { class: "greeting", role: "status" }, greeting),
    el("p", { class: "eyebrow" }, layerName(kblock.layer), el("span", { class: "layer" }, ` Layer ${kblock.layer}`)),
    el("h1", { id: "title" }, kblock.title),
    more && el("p", { class: "content" }, kblock.content),
    tagList(kblock.tags),
    el("h2", {}, "Clarity"),
    clarityMeter(kblock.loss),
  );
}

function tagList(tags = []) {
  return tags.length === 0
    ? null
    : el("ul", { class: "tags", "aria-label": "Tags" }, ...tags.map((tag) => el("li", {}, tag)));
}
