import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import WebSocket, { WebSocketServer } from "ws";
import type { JsonValue } from "../engine/json";
import { AgencySocket, type Operation } from "./agency-socket";

describe("the socket to an agency", () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, handleProtocols: () => "graphql-transport-ws" });
  let url = "";
  let received: { type: string; id?: string }[] = [];
  /** What the agency does with a message. */
  let answer: (socket: WebSocket, message: { type: string; id?: string }) => void;
  beforeAll(async () => {
    sockets.on("connection", (socket) =>
      socket.on("message", (raw: Buffer) => {
        const message = JSON.parse(raw.toString()) as { type: string; id?: string };
        received.push(message);
        answer(socket, message);
      }),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  });
  let notices: string[] = [];
  const noted = (what: string) => void notices.push(what);
  beforeEach(() => {
    received = [];
    notices = [];
    answer = acknowledge;
  });
  afterEach(() => {
    for (const socket of sockets.clients) socket.terminate();
  });
  afterAll(() => server.close());

  function acknowledge(socket: WebSocket, { type }: { type: string }): void {
    if (type === "connection_init") socket.send('{"type":"connection_ack"}');
  }

  /** Hears one operation; `heard` is settled by what is waited for. */
  function listening(until: string) {
    const log: [string, JsonValue | undefined][] = [];
    let settle: () => void = () => undefined;
    const heard = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const note = (what: string, value?: JsonValue) => {
      log.push([what, value]);
      if (what === until) settle();
    };
    const operation: Operation = {
      next: (payload) => note("next", payload),
      ended: (errors) => note("ended", errors),
      lost: () => note("lost"),
    };
    return { operation, log, heard };
  }

  test("operations begun before it is acknowledged wait for that; each hears its own", async () => {
    answer = (socket, message) => {
      acknowledge(socket, message);
      if (message.type !== "subscribe") return;
      socket.send(JSON.stringify({ id: message.id, type: "next", payload: `for ${message.id}` }));
      socket.send(JSON.stringify({ id: message.id, type: "complete" }));
    };
    const socket = new AgencySocket(url, () => ({}), noted);
    const [one, two] = [listening("ended"), listening("ended")];
    socket.subscribe({}, one.operation);
    socket.subscribe({}, two.operation);
    await Promise.all([one.heard, two.heard]);
    expect(received.slice(0, 3).map(({ type }) => type)).toEqual([
      "connection_init",
      "subscribe",
      "subscribe",
    ]);
    expect([one.log, two.log]).toEqual([
      [
        ["next", "for 1"],
        ["ended", undefined],
      ],
      [
        ["next", "for 2"],
        ["ended", undefined],
      ],
    ]);
    expect(socket.isConnected).toBe(false);
  });

  test("an operation that is stopped hears nothing more, and the agency is told; with the last one it closes", async () => {
    const begun = once(sockets, "connection") as Promise<[WebSocket]>;
    const socket = new AgencySocket(url, () => ({}), noted);
    const [one, two] = [listening("next"), listening("next")];
    const stopOne = socket.subscribe({}, one.operation);
    const stopTwo = socket.subscribe({}, two.operation);
    const [peer] = await begun;
    await new Promise<void>((resolve) => {
      answer = (from, message) => {
        acknowledge(from, message);
        if (message.id === "2") resolve();
      };
    });
    stopOne();
    const told = once(peer, "message");
    await told;
    expect(received.at(-1)).toEqual({ id: "1", type: "complete" });
    peer.send('{"id":"1","type":"next","payload":1}');
    peer.send('{"id":"2","type":"next","payload":2}');
    await two.heard;
    expect(one.log).toEqual([]);
    const closed = once(peer, "close");
    stopTwo();
    expect((await closed)[0]).toBe(1000);
    expect(two.log).toEqual([["next", 2]]);
    expect(notices).toEqual([]);
  });

  test.each([
    ["closes", (peer: WebSocket) => peer.close(1000)],
    ["breaks off", (peer: WebSocket) => peer.terminate()],
    ["sends no JSON", (peer: WebSocket) => peer.send("oops")],
    ["sends no object", (peer: WebSocket) => peer.send("[]")],
    ["sends an unknown type", (peer: WebSocket) => peer.send('{"type":"data"}')],
    ["sends an event of no operation", (peer: WebSocket) => peer.send('{"type":"next","payload":{}}')],
    ["acknowledges twice", (peer: WebSocket) => peer.send('{"type":"connection_ack"}')],
  ])("an agency that %s has lost every operation", async (_what, break_) => {
    answer = (peer, message) => {
      acknowledge(peer, message);
      if (message.type === "subscribe") break_(peer);
    };
    const socket = new AgencySocket(url, () => ({}), noted);
    const one = listening("lost");
    socket.subscribe({}, one.operation);
    await one.heard;
    expect(one.log).toEqual([["lost", undefined]]);
    expect(socket.isConnected).toBe(false);
  });

  test("an agency that answers nothing is noticed, before it has acknowledged and after", async () => {
    answer = () => undefined;
    const socket = new AgencySocket(url, () => ({}), noted, 20);
    const before = listening("lost");
    socket.subscribe({}, before.operation);
    await before.heard;
    answer = acknowledge;
    const after = listening("lost");
    socket.subscribe({}, after.operation);
    await after.heard;
    expect(received.map(({ type }) => type)).toContain("ping");
    expect(notices).toEqual(["lost", "back", "lost"]);
  });

  test("an agency that answers pings is kept", async () => {
    let pings = 0;
    const socket = new AgencySocket(url, () => ({}), noted, 400);
    const one = listening("next");
    answer = (peer, message) => {
      acknowledge(peer, message);
      if (message.type !== "ping") return;
      peer.send('{"type":"pong"}');
      pings += 1;
      if (pings === 2) peer.send('{"id":"1","type":"next","payload":null}');
    };
    socket.subscribe({}, one.operation);
    await one.heard;
    expect(one.log).toEqual([["next", null]]);
    socket.close();
  });
});
