import { el } from "../../shared/dom.js";
import { line, text } from "./text.js";
import { writing } from "./writing.js";

/** Several lines of text, counted in code points where there is a limit. */
export const longtext = {
  ...text,
  make(field, changed) {
    const longest = field.schema.maxLength;
    const count = el("span", { id: `${field.id}-count` });
    const near = el("span", { class: "heard", role: "status" });
    const input = el("textarea", {
      id: field.id,
      rows: 5,
      ...line(field, longest && `${field.id}-count`),
      oninput() {
        tell();
        changed();
      },
    });

    function tell() {
      if (!longest) {
        return;
      }
      const length = [...input.value].length;
      const left = longest - length;
      count.textContent = `${length.toLocaleString("en")} of ${longest.toLocaleString("en")} characters`;
      count.classList.toggle("over", left < 0);
      near.textContent = left < 0 ? `${-left} characters too many` : left <= longest / 20 ? `${left} characters left` : "";
    }

    return writing(input, {
      valueOf: (said) => said || undefined,
      under: longest && el("span", { class: "count" }, count, near),
      told: tell,
    });
  },
};
