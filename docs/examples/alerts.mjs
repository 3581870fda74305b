// Arrest alerts that survive every break: node docs/examples/alerts.mjs ws://127.0.0.1:4000/graphql TOKEN [CURSOR]
// Keep the last cursor where you keep the alerts: written in one transaction with them, nothing is lost or handled twice.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [url, token, first] = process.argv.slice(2);
const stop = (why) => (console.error(why), process.exit(1));
if (!token) stop("Usage: node docs/examples/alerts.mjs ws://127.0.0.1:4000/graphql TOKEN [CURSOR]");
const query = `subscription ($after: Cursor) {
  arrestAlerts(after: $after) { id recalls occurredAt person { id nameForAdvocate { name } } cases { id } }
}`;
const connectionParams = { authorization: `Bearer ${token}`, "x-ipvi-purpose": "alert-response" };
const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams });
/** Trying again does not help: 4401 is the token's, 4403 too many sockets. All else passes. */
const FINAL = [4401, 4403, "UNAUTHORIZED_FIELD_OR_TYPE", "GRAPHQL_VALIDATION_FAILED"];

/** Hands on what comes; resolves with what ended it: errors of the hub, a closed socket, or nothing. */
const stream = (request, next) =>
  new Promise((resolve) => client.subscribe(request, { next, error: resolve, complete: resolve }));

let cursor = first;
for (;;) {
  // Where the feed stands: what comes in a break before the first alert is after it.
  const place = ({ data }) => (cursor = data?.lawEnforcementFeed?.cursor);
  if (!cursor) await stream({ query: "{ lawEnforcementFeed { cursor } }" }, place);
  const end = await stream({ query, variables: { after: cursor } }, ({ data, errors, extensions }) => {
    if (data) console.log(JSON.stringify(data.arrestAlerts));
    else console.error(errors[0].message);
    cursor = extensions?.cursor ?? cursor;
  });
  const error = Array.isArray(end) ? { ...end[0], ...end[0].extensions } : end;
  const why = [error?.code, error?.reason || error?.message].filter(Boolean).join(": ") || "no reason given";
  if (FINAL.includes(error?.code)) stop(`The hub refused (${why}). Last cursor: ${cursor ?? "none"}.`);
  const isLost = String(error?.code).startsWith("CURSOR_");
  if (isLost) cursor = error.oldest; // None: it begins anew.
  if (isLost) console.error("ALERTS MAY BE MISSING: the cursor is not taken. Read the lists.");
  console.error(`The stream ended (${why}); going on after ${cursor ?? "now"}.`);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}
