/** A control that is one text element; `valueOf` converts its text to the answer, undefined if there is none. */
export function textControl(element, { emptyAnswer, valueOf, footer, onWrite = () => {} }) {
  onWrite();
  return {
    element: element.parentElement || element,
    target: element,
    footer,
    emptyAnswer,
    draft: () => element.value,
    write(draft) {
      element.value = typeof draft === "string" ? draft : "";
      if (element instanceof HTMLTextAreaElement) {
        element.setSelectionRange(element.value.length, element.value.length);
      }
      onWrite();
    },
    value: () => valueOf(element.value),
    mark: (isInvalid) => markInvalid(element, isInvalid),
  };
}

export function markInvalid(element, isInvalid) {
  if (isInvalid) {
    element.setAttribute("aria-invalid", "true");
  } else {
    element.removeAttribute("aria-invalid");
  }
}
