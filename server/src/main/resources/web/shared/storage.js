/** Runs something with the browser's storage; answers undefined where the browser refuses it. */
export function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
