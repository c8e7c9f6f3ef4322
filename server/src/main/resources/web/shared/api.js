const PATIENCE_MS = 10_000;

/** No answer that settles anything: the network, the server or its database is away. Worth asking again. */
export class Unreachable extends Error {
  constructor(detail, retryAfterSeconds = 0) {
    super(detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The server said no, and why (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.status = status;
    this.code = body.code;
    this.field = body.field;
    this.errors = body.errors || [];
    this.session = body.session;
    this.requestId = body.request_id;
  }
}

/**
 * The session is named by the cookie alone; `flow` says which one where there are several. What changes something
 * takes {key, revision}: the same key makes a repeat harmless, and where the session has gone on from `revision`
 * the server says so instead of overwriting anything.
 */
export const api = {
  /** Undefined where the cookie names none. */
  session: (flow) => call("GET", current(flow, "", { optional: true })),
  start: (flow, said) => call("POST", "/api/onboarding/start", { body: { flow }, ...said }),
  declare: (flow, declaration, said) => call("POST", "/api/onboarding/first-declaration", { body: { flow, declaration }, ...said }),
  submit: (flow, step, answer, said) => call("POST", current(flow, `/steps/${step}`), { body: answer, ...said }),
  skip: (flow, step, said) => call("POST", current(flow, `/steps/${step}/skip`), said),
  dismiss: (flow, said) => call("POST", current(flow, "/dismiss"), said),
  reopen: (flow, said) => call("POST", current(flow, "/reopen"), said),
  complete: (flow, said) => call("POST", current(flow, "/complete"), said),
  kblock: (id) => call("GET", `/api/kblocks/${encodeURIComponent(id)}`),
};

/** A key for one change (a random UUID; `randomUUID` itself is missing on plain http). */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function current(flow, what = "", parameters = {}) {
  const query = new URLSearchParams(flow === undefined ? parameters : { flow, ...parameters }).toString();
  return `/api/onboarding/sessions/current${what}${query && `?${query}`}`;
}

async function call(method, path, { body, key, revision } = {}) {
  const headers = {};
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  if (key !== undefined) {
    headers["Idempotency-Key"] = key;
  }
  if (revision !== undefined) {
    headers["If-Match"] = `"${revision}"`;
  }
  const response = await reach(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (response.status === 204) {
    return undefined;
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) {
    return answer;
  }
  if ([502, 503, 504, 507].includes(response.status) || answer.code === "request_running") {
    throw new Unreachable(answer.detail || "", Number(response.headers.get("Retry-After")) || 0);
  }
  throw new Problem(response.status, answer);
}

async function reach(path, request) {
  try {
    return await fetch(path, {
      ...request,
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Unreachable("");
  }
}
