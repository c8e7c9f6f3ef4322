/** A control that is one element with text in it; `valueOf` makes the answer of the text, undefined where there is none. */
export function writing(element, { nothing, valueOf, under, told = () => {} }) {
  told();
  return {
    element: element.parentElement || element,
    target: element,
    under,
    nothing,
    draft: () => element.value,
    write(draft) {
      element.value = typeof draft === "string" ? draft : "";
      if (element instanceof HTMLTextAreaElement) {
        element.setSelectionRange(element.value.length, element.value.length);
      }
      told();
    },
    value: () => valueOf(element.value),
    mark: (isRefused) => markInvalid(element, isRefused),
  };
}

export function markInvalid(element, isRefused) {
  if (isRefused) {
    element.setAttribute("aria-invalid", "true");
  } else {
    element.removeAttribute("aria-invalid");
  }
}
