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
    this.session = body.session;
    this.requestId = body.request_id;
  }
}

/** The session is named by the cookie alone; `flow` says which one where there are several. */
export const api = {
  status: (flow) => call("GET", `/api/onboarding/status${query({ flow })}`),
  start: (flow) => call("POST", "/api/onboarding/start", { flow }),
  declare: (flow, declaration) => call("POST", "/api/onboarding/first-declaration", { flow, declaration }),
  complete: (flow) => call("POST", "/api/onboarding/complete", { flow }),
  kblock: (id) => call("GET", `/api/kblocks/${encodeURIComponent(id)}`),
};

function query(parameters) {
  const said = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return said.length === 0 ? "" : `?${new URLSearchParams(said)}`;
}

async function call(method, path, body) {
  const response = await reach(method, path, body);
  const answer = await response.json().catch(() => ({}));
  if (response.ok) {
    return answer;
  }
  if ([502, 503, 504, 507].includes(response.status)) {
    throw new Unreachable(answer.detail || "", Number(response.headers.get("Retry-After")) || 0);
  }
  throw new Problem(response.status, answer);
}

async function reach(method, path, body) {
  try {
    return await fetch(path, {
      method,
      body: body && JSON.stringify(body),
      headers: body && { "Content-Type": "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Unreachable("");
  }
}
