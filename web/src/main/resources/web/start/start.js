import { drawScene } from "../shared/scene.js";

const state = document.getElementById("state");
const stateMark = document.getElementById("state-mark");

async function readiness() {
  try {
    const response = await fetch("/health/ready", { cache: "no-store" });
    return response.ok ? ["ready", "Ready"] : ["away", "Not ready yet"];
  } catch {
    return ["away", "Unreachable"];
  }
}

async function showState() {
  const [kind, text] = await readiness();
  stateMark.className = `state-mark ${kind}`;
  state.textContent = text;
}

drawScene(document.getElementById("scene"));
showState();
