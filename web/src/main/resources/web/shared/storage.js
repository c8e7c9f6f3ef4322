/** Runs an action on the browser's storage; returns undefined if the browser refuses it. */
export function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
