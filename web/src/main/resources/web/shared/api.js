const REQUEST_TIMEOUT_MS = 10_000;

/** No usable response: the network, the server or its database is unavailable. The request can be retried. */
export class Unreachable extends Error {
  constructor(detail, retryAfterSeconds = 0) {
    super(detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A problem document (RFC 9457): the server rejected the request. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The server returned ${status}.`);
    this.status = status;
    this.code = body.code;
    this.field = body.field;
    this.errors = body.errors || [];
    this.session = body.session;
    this.requestId = body.request_id;
  }
}

/**
 * The cookie alone names the session; `flow` selects one of several. Writes take {key, revision}: the same key makes a
 * retry safe, and if the session's revision has changed, the server rejects the write.
 */
export const api = {
  /** Undefined if the cookie names no session. */
  session: (flow) => call("GET", current(flow, "", { optional: true })),
  start: (flow, options) => call("POST", "/api/onboarding/start", { body: { flow }, ...options }),
  declare: (flow, declaration, options) => call("POST", "/api/onboarding/first-declaration", { body: { flow, declaration }, ...options }),
  submit: (flow, step, answer, options) => call("POST", current(flow, `/steps/${step}`), { body: answer, ...options }),
  skip: (flow, step, options) => call("POST", current(flow, `/steps/${step}/skip`), options),
  dismiss: (flow, options) => call("POST", current(flow, "/dismiss"), options),
  reopen: (flow, options) => call("POST", current(flow, "/reopen"), options),
  complete: (flow, options) => call("POST", current(flow, "/complete"), options),
  kblock: (id) => call("GET", `/api/kblocks/${encodeURIComponent(id)}`),
};

/** An idempotency key (a random UUID; `randomUUID` is not available on plain http). */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function current(flow, suffix = "", parameters = {}) {
  const query = new URLSearchParams(flow === undefined ? parameters : { flow, ...parameters }).toString();
  return `/api/onboarding/sessions/current${suffix}${query && `?${query}`}`;
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
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
  } catch {
    throw new Unreachable("");
  }
}
