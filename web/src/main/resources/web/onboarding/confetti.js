import { prefersReducedMotion } from "../shared/dom.js";

const PALETTE = ["#c4a77d", "#7a9d7a", "#8a8a94", "#7a85a0"];
const PIECES = { high: 170, medium: 90, low: 36 };
const GRAVITY = 560;
const LANDING_MS = 700;
const LIFE_SECONDS = 4.5;

/**
 * Shows confetti that starts where the stone lands: more for a higher intensity, mostly in the celebration's colour. Returns a
 * function that stops it. Shows nothing if the person prefers reduced motion.
 */
export function confetti({ confetti: enabled, color, intensity }, stone) {
  if (!enabled || prefersReducedMotion()) {
    return () => {};
  }
  const canvas = document.createElement("canvas");
  canvas.className = "confetti";
  canvas.setAttribute("aria-hidden", "true");
  const timer = setTimeout(start, LANDING_MS);
  let frame;

  function start() {
    document.body.append(canvas);
    const context = fit(canvas);
    const pieces = createPieces(originOf(stone), PIECES[intensity] || PIECES.low, color);
    let previous;
    frame = requestAnimationFrame(function step(now) {
      const seconds = previous === undefined ? 0 : Math.min((now - previous) / 1000, 0.05);
      previous = now;
      context.clearRect(0, 0, innerWidth, innerHeight);
      const remaining = pieces.filter((piece) => move(piece, seconds));
      remaining.forEach((piece) => paint(context, piece));
      if (remaining.length > 0) {
        frame = requestAnimationFrame(step);
      } else {
        canvas.remove();
      }
    });
  }

  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    canvas.remove();
  };
}

function fit(canvas) {
  const density = Math.min(devicePixelRatio || 1, 2);
  canvas.width = innerWidth * density;
  canvas.height = innerHeight * density;
  const context = canvas.getContext("2d");
  context.scale(density, density);
  return context;
}

function originOf(stone) {
  const box = stone.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: Math.min(box.top + box.height / 2, innerHeight - 20) };
}

function createPieces({ x, y }, amount, color) {
  return Array.from({ length: amount }, (_, index) => {
    const angle = -Math.PI / 2 + (Math.random() - 0.5) * 1.9;
    const speed = 320 + Math.random() * Math.min(innerHeight, 900) * 0.85;
    return {
      x,
      y,
      dx: Math.cos(angle) * speed,
      dy: Math.sin(angle) * speed,
      turn: Math.random() * Math.PI * 2,
      spin: (Math.random() - 0.5) * 9,
      size: 5 + Math.random() * 7,
      round: index % 3 === 0,
      color: Math.random() < 0.55 ? color : PALETTE[index % PALETTE.length],
      age: 0,
    };
  });
}

function move(piece, seconds) {
  const drag = Math.exp(-1.1 * seconds);
  piece.dx *= drag;
  piece.dy = piece.dy * drag + GRAVITY * seconds;
  piece.x += piece.dx * seconds;
  piece.y += piece.dy * seconds;
  piece.turn += piece.spin * seconds;
  piece.age += seconds;
  return piece.age < LIFE_SECONDS && piece.y < innerHeight + 20;
}

function paint(context, { x, y, turn, size, round, color, age }) {
  context.save();
  context.globalAlpha = Math.min(1, (LIFE_SECONDS - age) / 0.8);
  context.translate(x, y);
  context.rotate(turn);
  context.scale(1, 0.35 + 0.65 * Math.abs(Math.cos(turn * 1.7)));
  context.fillStyle = color;
  if (round) {
    context.beginPath();
    context.ellipse(0, 0, size * 0.62, size * 0.44, 0, 0, Math.PI * 2);
    context.fill();
  } else {
    context.fillRect(-size / 2, -size / 3, size, size * 0.66);
  }
  context.restore();
}
