/** What is typed and not yet sent, in this browser only: one text per flow and step, never a session id. */
const key = (flow, step) => `onward/draft/${flow}/${step}`;

export function draftOf(flow, step) {
  return attempt(() => localStorage.getItem(key(flow, step))) || "";
}

/** Answers whether it is kept: a browser may refuse to keep anything. */
export function keepDraft(flow, step, text) {
  return attempt(() => {
    if (text === "") {
      localStorage.removeItem(key(flow, step));
    } else {
      localStorage.setItem(key(flow, step), text);
    }
    return true;
  });
}

export function dropDraft(flow, step) {
  attempt(() => localStorage.removeItem(key(flow, step)));
}

/** Calls `heard` with the text when another tab changes this draft; answers how to stop. */
export function followDraft(flow, step, heard) {
  const listener = (event) => event.key === key(flow, step) && heard(event.newValue || "");
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
