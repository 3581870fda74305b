// Both subgraphs in one process. They speak graphql-transport-ws as this gateway expects it of its agencies (cursors, the
// mark "live", audiences), and as plain subscriptions to everybody else, over WebSockets or server-sent events.
import { createServer } from "node:http";
import { buildSchema, execute, graphql, parse } from "graphql";
import { WebSocketServer } from "ws";
import { SUBGRAPHS, executableSdlOf, firstFederationSdlOf } from "./schemas.mjs";

/** Persons whom the alerts speak of in turn. */
const PERSONS = 200;
const positionOf = (index) => String(index).padStart(12, "0");

const counts = { entityRequests: 0, subscriptions: 0, watches: 0 };
const running = new Set();
let emitted = 0;

function audienceOf(headers) {
  const claims = headers?.authorization?.split(".")[1];
  return claims === undefined ? "everybody" : JSON.parse(Buffer.from(claims, "base64url")).iss;
}

function alertOf(index) {
  return {
    id: `alert-${index}`,
    sentAt: String(process.hrtime.bigint()),
    level: "B",
    place: "Synthetic Street 12, District 4",
    charges: [
      { statute: "14-33(c)(2)", title: "Assault on a female" },
      { statute: "50B-4.1", title: "Violation of a protective order" },
      { statute: "14-277.3A", title: "Stalking" },
    ],
    person: { id: `person-${index % PERSONS}` },
  };
}

const roots = {
  alerts: {},
  services: {
    _entities: ({ representations }) =>
      representations.map(({ id }) => ({
        __typename: "Person",
        id,
        advocate: `Advocate of ${id}`,
        phone: "+1 555 0100",
        safetyPlan: "Reviewed with the advocate; children at the grandmother's on weekdays.",
      })),
  },
};

const documents = new Map();
function documentOf(query) {
  let document = documents.get(query);
  if (!document) documents.set(query, (document = parse(query)));
  return document;
}

/** One event to all who are subscribed: executed once for each way of asking. */
function emit() {
  const index = emitted;
  emitted += 1;
  const alert = alertOf(index);
  const place = { cursor: `c${index}`, position: positionOf(index + 1) };
  const payloads = new Map();
  for (const { query, send } of running) {
    let payload = payloads.get(query);
    if (payload === undefined) {
      const document = documentOf(query);
      const { data, errors } = execute({
        schema: schemas.alerts,
        document,
        rootValue: { arrestAlerts: alert },
      });
      if (errors) process.stderr.write(`${errors[0].message}\n${query}\n`);
      payload = JSON.stringify({ data, extensions: place });
      payloads.set(query, payload);
    }
    send(payload);
  }
}

function subscribe(query, send) {
  const one = { query, send };
  counts.subscriptions += 1;
  const place = { cursor: `c${emitted - 1}`, position: positionOf(emitted), live: true };
  // Of use to this gateway alone: to others it would be an event without data.
  if (query.includes("_hubAfter")) send(JSON.stringify({ data: null, extensions: place }));
  running.add(one);
  return () => running.delete(one);
}

function serveSocket(socket) {
  const open = new Map();
  socket.on("message", (raw) => {
    const { type, id, payload } = JSON.parse(raw.toString());
    if (type === "connection_init") socket.send('{"type":"connection_ack"}');
    if (type === "ping") socket.send('{"type":"pong"}');
    if (type === "complete") {
      open.get(id)?.();
      open.delete(id);
    }
    if (type !== "subscribe") return;
    const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    if (payload.extensions?.watch) {
      counts.watches += 1;
      const audience = audienceOf(payload.extensions.headers);
      return socket.send(`${head}${JSON.stringify({ data: null, extensions: { audience } })}}`);
    }
    open.set(
      id,
      subscribe(payload.query, (text) => socket.send(`${head}${text}}`)),
    );
  });
  socket.on("close", () => {
    for (const leave of open.values()) leave();
  });
  socket.on("error", () => socket.terminate());
}

/** Entity requests get the same bytes for the same body: a gateway that asks a thousand times costs the subgraph little. */
const remembered = new Map();
async function answer(name, body) {
  const { query, variables, operationName } = JSON.parse(body);
  if (query.includes("_entities")) counts.entityRequests += 1;
  const key = `${name} ${body}`;
  const known = remembered.get(key);
  if (known) return known;
  const result = await graphql({
    schema: schemas[name],
    source: query,
    rootValue: { ...roots[name], _service: { sdl: firstFederationSdlOf(name) } },
    variableValues: variables,
    operationName: operationName ?? undefined,
  });
  if (result.errors) process.stderr.write(`${name}: ${result.errors[0].message}\n${query}\n`);
  const bytes = Buffer.from(JSON.stringify(result));
  if (remembered.size < 10_000) remembered.set(key, bytes);
  return bytes;
}

function serveEvents(query, response) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  response.flushHeaders();
  const leave = subscribe(query, (text) => response.write(`event: next\ndata: ${text}\n\n`));
  response.once("close", leave);
}

function serve(name) {
  const server = createServer((request, response) => {
    // A subscription to server-sent events comes in the address.
    const query = new URL(request.url, "http://subgraph").searchParams.get("query");
    if (query !== null) return serveEvents(query, response);
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const bytes = await answer(name, body);
      response.writeHead(200, { "content-type": "application/json", "content-length": bytes.length });
      response.end(bytes);
    });
  });
  server.keepAliveTimeout = 600_000;
  new WebSocketServer({ server, perMessageDeflate: false }).on("connection", serveSocket);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", 4_096, () => resolve(`http://127.0.0.1:${server.address().port}/graphql`));
  });
}

const schemas = Object.fromEntries(
  SUBGRAPHS.map((name) => [name, buildSchema(executableSdlOf(name), { assumeValid: true })]),
);

/** Emits at an even pace; events whose time has passed while the process waited for a CPU follow at once. */
function emitAt(rate, events) {
  const begin = performance.now();
  let done = 0;
  return new Promise((resolve) => {
    const turn = () => {
      while (done < events && performance.now() - begin >= (done * 1000) / rate) {
        emit();
        done += 1;
      }
      if (done === events) return resolve();
      setTimeout(turn, Math.max(0, begin + (done * 1000) / rate - performance.now()));
    };
    turn();
  });
}

process.on("message", async (order) => {
  if (order === "counts") return process.send({ ...counts, running: running.size });
  await emitAt(order.rate, order.events);
  process.send({ emitted: order.events });
});
process.on("disconnect", () => process.exit(0));
const addresses = {};
for (const name of SUBGRAPHS) addresses[name] = await serve(name);
process.send({ addresses });
