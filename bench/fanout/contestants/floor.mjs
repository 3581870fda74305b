// The hand-written floor: one subscription, one entity request per event, and the same bytes to everybody by `ws`. No
// authorization, no validation, no heartbeat, no cursor to resume by, no limit for slow readers.
import { createServer } from "node:http";
import { Pool } from "undici";
import { WebSocket, WebSocketServer } from "ws";
import { announce, given } from "../announce.mjs";
import { OPERATION } from "../schemas.mjs";

const pool = new Pool(new URL(given.addresses.services).origin);
const ENTITIES =
  "query($r:[_Any!]!){_entities(representations:$r){...on Person{id advocate phone safetyPlan}}}";

async function complete({ data, extensions }) {
  const { person } = data.arrestAlerts;
  const { body } = await pool.request({
    method: "POST",
    path: "/graphql",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: ENTITIES, variables: { r: [{ __typename: "Person", id: person.id }] } }),
  });
  Object.assign(person, (await body.json()).data._entities[0]);
  return Buffer.from(
    `{"id":"1","type":"next","payload":${JSON.stringify({ data, extensions: { cursor: extensions.cursor } })}}`,
  );
}

const subscribers = new Set();
const server = createServer();
new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false }).on(
  "connection",
  (socket) => {
    socket.on("message", (raw) => {
      const { type } = JSON.parse(raw);
      if (type === "connection_init") socket.send('{"type":"connection_ack"}');
      if (type === "subscribe") subscribers.add(socket);
    });
    socket.on("close", () => subscribers.delete(socket));
    socket.on("error", () => socket.terminate());
  },
);

const upstream = new WebSocket(given.addresses.alerts.replace("http", "ws"), "graphql-transport-ws");
upstream.on("open", () => upstream.send('{"type":"connection_init"}'));
upstream.on("message", async (raw) => {
  const { type, payload } = JSON.parse(raw);
  if (type === "connection_ack") {
    const query = OPERATION.replace("person { id advocate phone safetyPlan }", "person { id }");
    upstream.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
  }
  if (type !== "next") return;
  const bytes = await complete(payload);
  for (const socket of subscribers) socket.send(bytes, { binary: false });
});
server.listen(0, "127.0.0.1", 4_096, () => announce(`http://127.0.0.1:${server.address().port}/graphql`));
