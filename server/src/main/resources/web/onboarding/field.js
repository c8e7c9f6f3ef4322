import { el } from "../shared/dom.js";
import { draftOf, keepDraft } from "../shared/drafts.js";

const KEEP_AFTER_MS = 150;

/**
 * The text a person writes: kept in this browser as they type, counted in code points, with the server's
 * refusal beside it. `changed` is called at each change by the person.
 */
export function answerField({ flow, step, placeholder, longest, describedBy, changed }) {
  const input = el("textarea", {
    id: "answer",
    name: "answer",
    rows: 5,
    placeholder,
    autocomplete: "off",
    "aria-labelledby": "question",
    "aria-describedby": describedBy,
    oninput: typed,
  });
  const refusal = el("p", { id: "refusal", class: "refusal", role: "alert" });
  const kept = el("span", { class: "kept" });
  const count = el("span", { id: "count" });
  const near = el("span", { class: "heard", role: "status" });
  const element = el("div", { class: "field" }, input, refusal, el("div", { class: "quiet under" }, kept, count), near);
  let timer;

  write(draftOf(flow, step));
  if (input.value !== "") {
    sayKept(true);
  }
  input.setSelectionRange(input.value.length, input.value.length);
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep);

  function typed() {
    tell();
    accept();
    kept.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_AFTER_MS);
    changed();
  }

  function keep() {
    if (timer !== undefined) {
      clearTimeout(timer);
      timer = undefined;
      sayKept(keepDraft(flow, step, input.value));
    }
  }

  function sayKept(isKept) {
    kept.textContent = input.value === "" ? "" : isKept ? "Kept on this device" : "This browser keeps no drafts";
  }

  function tell() {
    const length = [...input.value].length;
    const left = longest - length;
    count.textContent = `${length.toLocaleString("en")} of ${longest.toLocaleString("en")} characters`;
    count.classList.toggle("over", left < 0);
    near.textContent = left < 0 ? `${-left} characters too many` : left <= 500 ? `${left} characters left` : "";
  }

  function write(text) {
    input.value = text;
    tell();
  }

  function accept() {
    input.removeAttribute("aria-invalid");
    refusal.textContent = "";
  }

  function refuse(detail) {
    input.setAttribute("aria-invalid", "true");
    refusal.textContent = detail;
    input.focus();
  }

  function hold(isHeld) {
    input.readOnly = isHeld;
  }

  function leave() {
    clearTimeout(timer);
    timer = undefined;
    removeEventListener("pagehide", keep);
    document.removeEventListener("visibilitychange", keep);
  }

  return { element, input, text: () => input.value, write, keep, accept, refuse, hold, leave };
}
