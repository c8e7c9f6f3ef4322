import { el } from "../../shared/dom.js";
import { line, text } from "./text.js";
import { textControl } from "./textControl.js";

/** Several lines of text, counted in code points if there is a limit. */
export const longtext = {
  ...text,
  make(field, changed) {
    const longest = field.schema.maxLength;
    const count = el("span", { id: `${field.id}-count` });
    const warning = el("span", { class: "visually-hidden", role: "status" });
    const input = el("textarea", {
      id: field.id,
      rows: 5,
      ...line(field, longest && `${field.id}-count`),
      oninput() {
        showCount();
        changed();
      },
    });

    function showCount() {
      if (!longest) {
        return;
      }
      const length = [...input.value].length;
      const left = longest - length;
      count.textContent = `${length.toLocaleString("en")} of ${longest.toLocaleString("en")} characters`;
      count.classList.toggle("over", left < 0);
      warning.textContent = left < 0 ? `${-left} characters too many` : left <= longest / 20 ? `${left} characters left` : "";
    }

    return textControl(input, {
      valueOf: (value) => value || undefined,
      footer: longest && el("span", { class: "count" }, count, warning),
      onWrite: showCount,
    });
  },
};
