import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ExecutionResult } from "graphql";
import pino from "pino";
import { WebSocket } from "ws";
import { createStreamDoor, type StreamDoor, type StreamDoorLimits } from "./stream-door";

describe("S11: a hub that falls silent, at an agency's stream door", () => {
  let server: Server;
  let door: StreamDoor;
  /** Streams under way. */
  let streams: number;
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };
  async function open(limits: Partial<StreamDoorLimits>): Promise<string> {
    streams = 0;
    async function* forEver(): AsyncGenerator<ExecutionResult, void, void> {
      yield { data: { begun: true } };
      await new Promise(() => undefined);
    }
    door = createStreamDoor({
      isNotTheHubs: () => undefined,
      begin: async () => {
        streams += 1;
        const results = forEver();
        const leave = async (): Promise<IteratorResult<ExecutionResult, void>> => {
          streams -= 1;
          return { done: true, value: undefined };
        };
        return Object.assign(results, { return: leave });
      },
      log: pino({ level: "silent" }),
      limits,
    });
    server = createServer();
    door.attach(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  }
  afterEach(async () => {
    await door.close();
    await new Promise((resolve) => server.close(resolve));
  });

  test("4408: who does not say hello in time is disconnected", async () => {
    const hub = new WebSocket(await open({ initTimeout: 50 }), "graphql-transport-ws");
    expect((await once(hub, "close"))[0]).toBe(4408);
  });

  test("who answers no ping is disconnected, and its streams end; who answers is kept", async () => {
    const url = await open({ heartbeat: 300 });
    const [silent, alive] = [false, true].map((autoPong) => {
      const hub = new WebSocket(url, "graphql-transport-ws", { autoPong });
      hub.on("open", () => hub.send('{"type":"connection_init"}'));
      hub.once("message", () => {
        hub.send('{"type":"subscribe","id":"1","payload":{"query":"subscription { event }"}}');
      });
      return hub;
    }) as [WebSocket, WebSocket];
    const closed = once(silent, "close");
    await once(alive, "ping");
    expect((await closed)[0]).toBe(1006);
    await until(() => streams === 1);
    expect(alive.readyState).toBe(WebSocket.OPEN);
    alive.terminate();
    await until(() => streams === 0);
  });
});
