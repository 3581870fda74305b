// The subscribers: bare sockets that read frames, take the time at which the event was sent out of each, and count.
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { clientFrame, frameReader } from "./frames.mjs";
import { OPERATION } from "./schemas.mjs";

/** Handshakes under way at one time. */
const AT_ONCE = 100;
/** ms for one subscriber to be let in. */
const STUCK = 60_000;
const HEAD_END = "\r\n\r\n";
const SENT_AT = Buffer.from('"sentAt":"');
const NEXT = '"next"';
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

let sockets = [];
let latencies = new Float64Array(0);
let received = 0;
let lastAt = 0;
const problems = new Map();
const problem = (what) => problems.set(what, (problems.get(what) ?? 0) + 1);
const nanoseconds = process.hrtime.bigint;

/** An operation id of 36 letters before it, as clients make them, and the brackets and names around. */
const TYPE_WITHIN = 90;

/** ms since the event was sent, by the clock that all processes of the machine share. */
function arrived(bytes, from, to) {
  const at = bytes.indexOf(SENT_AT, from);
  if (at === -1 || at > to)
    return problem(`not an event: ${bytes.latin1Slice(from, Math.min(to, from + 200))}`);
  const start = at + SENT_AT.length;
  const sent = BigInt(bytes.latin1Slice(start, bytes.indexOf(0x22, start)));
  const now = nanoseconds();
  lastAt = Number(now) / 1e6;
  if (received < latencies.length) latencies[received] = Number(now - sent) / 1e6;
  received += 1;
}

function subscriber(url, token) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(url.port), host: url.hostname, noDelay: true });
    const timer = setTimeout(() => reject(new Error("a subscriber was not let in")), STUCK);
    socket.on("error", (error) => {
      problem(error.code ?? error.message);
      reject(error);
    });
    socket.on("close", () => {
      if (!socket.isDone) problem("closed by the gateway");
      reject(new Error("closed by the gateway"));
    });
    const hello = { authorization: `Bearer ${token}`, "x-ipvi-purpose": "alert-response" };
    const push = frameReader((code, bytes, from, to) => {
      if (code === PING) return void socket.write(clientFrame(PONG, bytes.subarray(from, to)));
      if (code === CLOSE) return problem(`closed: ${bytes.utf8Slice(from + 2, to)}`);
      if (code !== TEXT) return;
      // The type stands in the first bytes, whatever the order of the keys.
      const isNext = bytes.latin1Slice(from, Math.min(to, from + TYPE_WITHIN)).includes(NEXT);
      if (isNext) return arrived(bytes, from, to);
      const message = JSON.parse(bytes.utf8Slice(from, to));
      if (message.type === "connection_ack") {
        socket.write(
          clientFrame(
            TEXT,
            JSON.stringify({ id: randomUUID(), type: "subscribe", payload: { query: OPERATION } }),
          ),
        );
        clearTimeout(timer);
        resolve(socket);
      } else if (message.type === "ping") socket.write(clientFrame(TEXT, '{"type":"pong"}'));
      else problem(JSON.stringify(message).slice(0, 300));
    });
    let greeting = "";
    socket.on("data", function greeted(piece) {
      greeting += piece.latin1Slice();
      const end = greeting.indexOf(HEAD_END);
      if (end === -1) return;
      socket.off("data", greeted);
      if (!greeting.startsWith("HTTP/1.1 101")) return reject(new Error(greeting.slice(0, 200)));
      socket.on("data", push);
      if (greeting.length > end + 4) push(Buffer.from(greeting.slice(end + 4), "latin1"));
      socket.write(clientFrame(TEXT, JSON.stringify({ type: "connection_init", payload: hello })));
    });
    socket.write(
      `GET ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\nupgrade: websocket\r\nconnection: Upgrade\r\n` +
        "sec-websocket-version: 13\r\nsec-websocket-key: c3ludGhldGljIHBlb3BsZQ==\r\n" +
        "sec-websocket-protocol: graphql-transport-ws\r\n\r\n",
    );
  });
}

const orders = {
  /** Lets one subscriber in for each token. */
  async connect({ url, tokens }) {
    const target = new URL(url);
    let next = 0;
    problems.clear();
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, tokens.length) }, async () => {
        while (next < tokens.length) {
          const token = tokens[next];
          next += 1;
          sockets.push(
            await subscriber(target, token).catch((error) => {
              throw new Error(`${error.message}, when ${sockets.length} had been let in`);
            }),
          );
        }
      }),
    );
    return { connected: sockets.length };
  },
  /** Forgets what has been received, and makes room for so much more. */
  async expect({ deliveries }) {
    latencies = new Float64Array(deliveries);
    received = 0;
    return { now: Number(nanoseconds()) / 1e6 };
  },
  async received() {
    return { received, lastAt };
  },
  async result() {
    const sorted = latencies.subarray(0, received).sort();
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return {
      received,
      lastAt,
      p50: at(0.5),
      p99: at(0.99),
      most: at(1),
      problems: Object.fromEntries(problems),
    };
  },
  async leave() {
    for (const socket of sockets) {
      socket.isDone = true;
      socket.resetAndDestroy();
    }
    sockets = [];
    return {};
  },
};

process.on("message", (order) => {
  orders[order.order](order).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: error.message, problems: Object.fromEntries(problems) }),
  );
});
process.on("disconnect", () => process.exit(0));
process.send("ready");
