import { Unreachable } from "./api.js";

const LONGEST_WAIT_SECONDS = 15;

/**
 * Runs `action` until the server responds. Before each retry, calls `waiting` with {detail, seconds, again}: what went
 * wrong, the seconds until the retry, and a function that retries at once. An aborted `signal` ends it with its reason.
 */
export async function untilReached(action, { waiting, signal } = {}) {
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Unreachable)) {
        throw error;
      }
      await pause(backOff(attempt, error.retryAfterSeconds), error.message, { waiting, signal });
    }
  }
}

function backOff(attempt, retryAfterSeconds) {
  const seconds = Math.min(2 ** attempt, LONGEST_WAIT_SECONDS) * (0.75 + Math.random() / 2);
  return Math.max(seconds, Math.min(retryAfterSeconds, LONGEST_WAIT_SECONDS));
}

function pause(seconds, detail, { waiting, signal }) {
  return new Promise((resolve, reject) => {
    const ended = new AbortController();
    const end = (settle) => {
      clearTimeout(timer);
      ended.abort();
      settle();
    };
    const again = () => end(resolve);
    const timer = setTimeout(again, seconds * 1000);
    addEventListener("online", again, { signal: ended.signal });
    signal?.addEventListener("abort", () => end(() => reject(signal.reason)), { signal: ended.signal });
    waiting?.({ detail, seconds: Math.ceil(seconds), again });
  });
}
