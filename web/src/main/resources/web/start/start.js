import { drawScene } from "../shared/scene.js";

const state = document.getElementById("state");
const mark = document.getElementById("state-mark");

async function ask() {
  try {
    const response = await fetch("/health/ready", { cache: "no-store" });
    return response.ok ? ["ready", "Ready"] : ["away", "Not ready yet"];
  } catch {
    return ["away", "Unreachable"];
  }
}

async function showState() {
  const [kind, text] = await ask();
  mark.className = `state-mark ${kind}`;
  state.textContent = text;
}

drawScene(document.getElementById("scene"));
showState();
