// Arrest alerts that survive every break: node docs/examples/alerts.mjs ws://127.0.0.1:4000/graphql TOKEN [CURSOR]
// Keep the last cursor where you keep the alerts: written in one transaction with them, nothing is lost or handled twice.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [url, token, first] = process.argv.slice(2);
const query = `subscription ($after: Cursor) {
  arrestAlerts(after: $after) { id recalls occurredAt person { id nameForAdvocate { name } } cases { id } }
}`;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const client = createClient({
  url,
  webSocketImpl: WebSocket,
  retryAttempts: 0,
  connectionParams: () => ({ authorization: `Bearer ${token}`, "x-ipvi-purpose": "alert-response" }),
});

/** Where the feed stands: what comes in a break before the first alert is after it. */
const beginning = () =>
  new Promise((resolve) => {
    const over = () => resolve(undefined);
    const next = ({ data }) => resolve(data?.lawEnforcementFeed?.cursor);
    client.subscribe({ query: "{ lawEnforcementFeed { cursor } }" }, { next, error: over, complete: over });
  });

let cursor = first;
for (;;) {
  cursor ??= await beginning();
  const end = await new Promise((resolve) => {
    const next = ({ data, errors, extensions }) => {
      if (data) console.log(JSON.stringify(data.arrestAlerts));
      else console.error(errors[0].message);
      cursor = extensions?.cursor ?? cursor;
    };
    client.subscribe(
      { query, variables: { after: cursor ?? null } },
      { next, error: resolve, complete: resolve },
    );
  });
  const code = Array.isArray(end) ? end[0].extensions?.code : end?.code;
  console.error(`The stream ended (${code}); going on after ${cursor ?? "now"}.`);
  if (code === "CURSOR_EXPIRED" || code === "UNAUTHORIZED_FIELD_OR_TYPE" || code === 4401) break;
  await wait(1_000);
}
