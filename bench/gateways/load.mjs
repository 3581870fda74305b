// The load: keep-alive connections on bare sockets, one request under way on each, so that the load itself costs little.
// Every answer must be a 200 of the length that the same request got before.
import { connect } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");
const LINE_END = Buffer.from("\r\n");
/** ms; no contestant takes a tenth of it when it works. */
const STUCK = 20_000;

/** Reads one HTTP/1.1 answer from pieces; `push` gives the answer's status and body length once it is whole. */
function answerReader() {
  let held = Buffer.alloc(0);
  let head;
  let rest = 0; // bytes of the body, or of the chunk, still to come
  let length = 0;
  const readHead = () => {
    const end = held.indexOf(HEAD_END);
    if (end === -1) return false;
    const text = held.latin1Slice(0, end).toLowerCase();
    const size = /\r\ncontent-length: *(\d+)/.exec(text);
    head = { status: Number(text.slice(9, 12)), chunked: text.includes("\r\ntransfer-encoding: chunked") };
    if (!head.chunked && !size) throw new Error("an answer without a length");
    rest = size ? Number(size[1]) : 0;
    length = 0;
    held = held.subarray(end + 4);
    return true;
  };
  const finish = () => {
    const answer = { status: head.status, length };
    head = undefined;
    return answer;
  };
  const take = () => {
    const taken = Math.min(rest, held.length);
    rest -= taken;
    held = held.subarray(taken);
    return taken;
  };
  return function push(piece) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    if (!head && !readHead()) return undefined;
    if (!head.chunked) {
      length += take();
      return rest === 0 ? finish() : undefined;
    }
    for (;;) {
      if (rest > 0) {
        take();
        if (rest > 0) return undefined;
      }
      const end = held.indexOf(LINE_END);
      if (end === -1) return undefined;
      const size = parseInt(held.latin1Slice(0, end), 16);
      // The last chunk and each chunk end with an empty line.
      if (size === 0) {
        if (held.length < end + 4) return undefined;
        held = held.subarray(end + 4);
        return finish();
      }
      held = held.subarray(end + 2);
      length += size;
      rest = size + 2;
    }
  };
}

function requestBytes(url, { body, token }) {
  return Buffer.from(
    `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n` +
      `accept: application/json\r\nauthorization: Bearer ${token}\r\nx-ipvi-purpose: case-work\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Runs until the time or the count is used up; `lengths` holds what each request was answered with before. */
async function run({ url, requests, concurrency, seconds, most, lengths }) {
  const target = new URL(url);
  const bytes = requests.map((request) => requestBytes(target, request));
  const latencies = [];
  const problems = new Map();
  let started = 0;
  let end = Infinity;
  const problem = (what) => problems.set(what, (problems.get(what) ?? 0) + 1);

  const sockets = await Promise.all(
    Array.from(
      { length: concurrency },
      () =>
        new Promise((resolve, reject) => {
          const socket = connect(Number(target.port), target.hostname);
          socket.setNoDelay(true);
          socket.once("error", reject);
          socket.once("connect", () => resolve(socket));
        }),
    ),
  );
  const begin = performance.now();
  end = begin + seconds * 1000;
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise((resolve) => {
          const push = answerReader();
          let index = 0;
          let sent = 0;
          const stop = (what) => {
            if (what) problem(what);
            socket.destroy();
            resolve();
          };
          const next = () => {
            if (started >= most || performance.now() >= end) return stop();
            index = started % bytes.length;
            started += 1;
            sent = performance.now();
            socket.write(bytes[index]);
          };
          socket.removeAllListeners("error");
          socket.on("error", (error) => stop(error.code ?? error.message));
          socket.on("close", () => resolve());
          socket.on("end", () => stop("closed by the gateway"));
          socket.setTimeout(STUCK, () => stop("no answer in time"));
          socket.on("data", (piece) => {
            let answer;
            try {
              answer = push(piece);
            } catch (error) {
              return stop(error.message);
            }
            if (!answer) return;
            latencies.push(performance.now() - sent);
            lengths[index] ??= answer.length;
            if (answer.status !== 200) problem(`status ${answer.status}`);
            else if (lengths[index] !== answer.length) problem("an answer of another length");
            next();
          });
          next();
        }),
    ),
  );
  const elapsed = (performance.now() - begin) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    requests: latencies.length,
    seconds: elapsed,
    p50: at(0.5),
    p99: at(0.99),
    problems: Object.fromEntries(problems),
    lengths,
  };
}

process.on("message", (order) => {
  run(order).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: error.message }),
  );
});
process.on("disconnect", () => process.exit(0));
