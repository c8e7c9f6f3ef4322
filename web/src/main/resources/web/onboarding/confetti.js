import { calm } from "../shared/dom.js";

const PALETTE = ["#c4a77d", "#7a9d7a", "#8a8a94", "#7a85a0"];
const AMOUNT = { high: 170, medium: 90, low: 36 };
const FALL = 560;
const LANDING_MS = 700;
const LIFE_SECONDS = 4.5;

/**
 * Throws confetti from where the stone lands: more for a higher intensity, mostly in the celebration's colour. Returns a
 * function that stops it. Respects the preference for reduced motion.
 */
export function confetti({ confetti: wanted, color, intensity }, stone) {
  if (!wanted || calm()) {
    return () => {};
  }
  const canvas = document.createElement("canvas");
  canvas.className = "confetti";
  canvas.setAttribute("aria-hidden", "true");
  const timer = setTimeout(throwIt, LANDING_MS);
  let frame;

  function throwIt() {
    document.body.append(canvas);
    const pen = fit(canvas);
    const pieces = throwFrom(source(stone), AMOUNT[intensity] || AMOUNT.low, color);
    let before;
    frame = requestAnimationFrame(function step(now) {
      const seconds = before === undefined ? 0 : Math.min((now - before) / 1000, 0.05);
      before = now;
      pen.clearRect(0, 0, innerWidth, innerHeight);
      const left = pieces.filter((piece) => move(piece, seconds));
      left.forEach((piece) => paint(pen, piece));
      if (left.length > 0) {
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
  const pen = canvas.getContext("2d");
  pen.scale(density, density);
  return pen;
}

function source(stone) {
  const box = stone.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: Math.min(box.top + box.height / 2, innerHeight - 20) };
}

function throwFrom({ x, y }, amount, color) {
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
  piece.dy = piece.dy * drag + FALL * seconds;
  piece.x += piece.dx * seconds;
  piece.y += piece.dy * seconds;
  piece.turn += piece.spin * seconds;
  piece.age += seconds;
  return piece.age < LIFE_SECONDS && piece.y < innerHeight + 20;
}

function paint(pen, { x, y, turn, size, round, color, age }) {
  pen.save();
  pen.globalAlpha = Math.min(1, (LIFE_SECONDS - age) / 0.8);
  pen.translate(x, y);
  pen.rotate(turn);
  pen.scale(1, 0.35 + 0.65 * Math.abs(Math.cos(turn * 1.7)));
  pen.fillStyle = color;
  if (round) {
    pen.beginPath();
    pen.ellipse(0, 0, size * 0.62, size * 0.44, 0, 0, Math.PI * 2);
    pen.fill();
  } else {
    pen.fillRect(-size / 2, -size / 3, size, size * 0.66);
  }
  pen.restore();
}
