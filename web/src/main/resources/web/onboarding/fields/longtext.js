import { el } from "../../shared/dom.js";
import { line, text } from "./text.js";
import { textControl } from "./textControl.js";

const characters = (count) => `${count.toLocaleString("en")} character${count === 1 ? "" : "s"}`;

/** Several lines of text. If their length is limited, a counter shows the number of characters (code points). */
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
      count.textContent = `${length.toLocaleString("en")} of ${characters(longest)}`;
      count.classList.toggle("over", left < 0);
      warning.textContent = left < 0 ? `${characters(-left)} too many` : left <= longest / 20 ? `${characters(left)} left` : "";
    }

    return textControl(input, {
      valueOf: (value) => value || undefined,
      footer: longest && el("span", { class: "count" }, count, warning),
      onWrite: showCount,
    });
  },
};
