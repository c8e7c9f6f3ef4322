// Publishes a flow with the generated types: publish ADDRESS KEY
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

const [address, key] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${key}` } });

function found<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) {
    throw new Error(JSON.stringify(answer.error));
  }
  return answer.data;
}

const published = found(
  await client.PUT("/api/onboarding/flows/{flow}", {
    params: { path: { flow: "typescript" } },
    body: { flow: "typescript", title: "A tour", steps: [{ id: "role", title: "What do you do?" }] },
  }),
);
console.log(published.verdict);
const flow = found(await client.GET("/api/onboarding/flows/{flow}", { params: { path: { flow: "typescript" } } }));
console.log(flow.definition.title);

const started = found(await client.POST("/api/onboarding/start", { body: { flow: "typescript", user_id: "ada" } }));
const session = found(
  await client.GET("/api/onboarding/sessions/{id}", { params: { path: { id: started.session_id } } }),
);
console.log(session.state, session.next_step, session.completed_at);
