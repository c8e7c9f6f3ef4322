import { svg } from "./dom.js";

const OUTLINE = "onward";

/** Draws the landscape's stone: generated from `seed`, or a dotted outline without one. */
export function drawScene(scene, { seed, color, falling = false } = {}) {
  scene.classList.toggle("falling", falling);
  scene.replaceChildren(seed ? stone(seed, color) : placeholder());
  return scene.firstElementChild;
}

function placeholder() {
  return frame(svg("path", { class: "stone-place", d: outline(randomFrom(OUTLINE)) }));
}

/** No two K-Blocks look the same: the shape and the veins come from the id. */
function stone(seed, color) {
  const random = randomFrom(seed);
  const shape = outline(random);
  const drawn = frame(
    svg("ellipse", { class: "stone-shadow", cx: 82, cy: 93, rx: 62, ry: 6 }),
    svg(
      "g",
      { class: "stone" },
      svg("clipPath", { id: "stone-shape" }, svg("path", { d: shape })),
      svg("path", { class: "stone-body", d: shape }),
      svg(
        "g",
        { "clip-path": "url(#stone-shape)" },
        svg("path", { class: "stone-shade", d: "M0 74C40 92 100 92 160 62V110H0z" }),
        ...veins(random),
      ),
    ),
  );
  if (color) {
    drawn.style.setProperty("--accent", color);
  }
  return drawn;
}

function frame(...parts) {
  return svg("svg", { viewBox: "0 0 160 100", "aria-hidden": "true", focusable: "false" }, ...parts);
}

function veins(random) {
  const first = 26 + random() * 14;
  const slope = (random() - 0.5) * 26;
  return [0, 9 + random() * 8, 26 + random() * 10].map((below, index) => {
    const y = first + below;
    const bend = 8 + random() * 12;
    const end = index === 1 ? 118 : 160;
    return svg("path", {
      class: "stone-vein",
      d: `M${index === 2 ? 52 : 0} ${y}C50 ${y - bend} 100 ${y + bend + slope / 2} ${end} ${y + slope}`,
    });
  });
}

/** A pebble around (80, 52): an uneven ellipse with a flat bottom. */
function outline(random) {
  const lean = random() * Math.PI * 2;
  const dent = random() * Math.PI * 2;
  const points = Array.from({ length: 12 }, (_, index) => {
    const angle = (index / 12) * Math.PI * 2;
    const radius = 1 + 0.06 * Math.sin(2 * angle + lean) + 0.035 * Math.sin(3 * angle + dent);
    const y = 53 + 40 * radius * Math.sin(angle);
    return [80 + 68 * radius * Math.cos(angle), y > 84 ? 84 + (y - 84) * 0.35 : y];
  });
  return smooth(points);
}

function smooth(points) {
  const at = (index) => points[(index + points.length) % points.length];
  const curves = points.map((point, index) => {
    const [before, next, after] = [at(index - 1), at(index + 1), at(index + 2)];
    return `C${near(point, before, next, 1)} ${near(next, point, after, -1)} ${round(next)}`;
  });
  return `M${round(points[0])}${curves.join("")}z`;
}

function near(point, before, after, direction) {
  return round([
    point[0] + (direction * (after[0] - before[0])) / 6,
    point[1] + (direction * (after[1] - before[1])) / 6,
  ]);
}

function round(point) {
  return point.map((number) => number.toFixed(1)).join(" ");
}

/** A small generator (mulberry32) whose start is a hash of the text: the same text, the same stone. */
function randomFrom(text) {
  let state = 2166136261;
  for (const character of text) {
    state = Math.imul(state ^ character.codePointAt(0), 16777619);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
