import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import WebSocket, { WebSocketServer } from "ws";
import { eventFrames, headOf } from "./event-frame";

describe("an event's frame is read by a client as the message it holds", () => {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  let frame: Buffer = Buffer.alloc(0);
  beforeAll(async () => {
    server.on("upgrade", (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, () => socket.write(frame)),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });

  // {"id":"1","type":"next","payload":"..."} has 37 bytes beside the text.
  test.each([
    ["the shortest form", 10],
    ["125 bytes, the most of it", 125 - 37],
    ["126 bytes, the least of the next", 126 - 37],
    ["65,535 bytes, the most of it", 65_535 - 37],
    ["65,536 bytes, the least of the longest", 65_536 - 37],
  ])("%s", async (_form, letters) => {
    const text = "a".repeat(letters - 2) + "é";
    // Two in one write: the second begins where the first ends.
    const events = [text, "next"].map((one) => ({
      payload: Buffer.from(JSON.stringify(one)),
      place: undefined,
    }));
    frame = eventFrames(headOf("1"), events);
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const messages: Buffer[] = [];
    client.on("message", (message: Buffer) => messages.push(message));
    while (messages.length < 2) await once(client, "message");
    client.terminate();
    const [message, second] = messages as [Buffer, Buffer];
    expect(JSON.parse(second.toString())).toEqual({ id: "1", type: "next", payload: "next" });
    expect(message.length).toBe(37 + letters);
    expect(JSON.parse(message.toString())).toEqual({ id: "1", type: "next", payload: text });
  });
});
