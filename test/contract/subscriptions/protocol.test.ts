import { createGuard, type Guard } from "./guard";
import { RawClient } from "./raw-client";
import { Stage, until } from "./stage";

describe("the rules of graphql-transport-ws, at the gateway", () => {
  const stage = new Stage();
  let guard: Guard;
  let me: { authorization: string; "x-ipvi-purpose": string };
  const clients: RawClient[] = [];
  const connect = (protocol?: string) => {
    const client = new RawClient(stage.socketUrl, protocol);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    guard = await createGuard(stage.folder);
    await stage.open({ access: guard.access, socketInitTimeout: 300 });
    me = { authorization: `Bearer ${await guard.token("ann")}`, "x-ipvi-purpose": "alert-response" };
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.terminate();
    await until("the streams have ended", () => stage.arrests.running.size === 0);
  });
  afterAll(() => stage.close());

  async function closesWith(client: RawClient, code: number): Promise<void> {
    await until(`it is closed with ${code}`, () => client.closed !== undefined);
    expect(client.closed!.code).toBe(code);
  }

  test("4406: another subprotocol", async () => {
    const client = connect("graphql-ws");
    await expect(client.opened).rejects.toThrow("Server sent no subprotocol");
  });

  test.each([
    ["no JSON", "{"],
    ["no message type", "{}"],
    ["an unknown type", '{"type":"start"}'],
    ["a subscribe without an operation", '{"type":"subscribe","id":"1","payload":{}}'],
  ])("4400: %s", async (_what, message) => {
    const client = connect();
    await client.init(me);
    client.send(message);
    await closesWith(client, 4400);
  });

  test("4401: an operation before the acknowledgement", async () => {
    const client = connect();
    await client.opened;
    client.subscribe("1");
    await closesWith(client, 4401);
  });

  test("4408: nothing comes", async () => {
    const client = connect();
    await closesWith(client, 4408);
  });

  test("4409: an id that is in use", async () => {
    const client = connect();
    await client.init(me);
    client.subscribe("1");
    client.subscribe("1");
    await closesWith(client, 4409);
  });

  test("4429: a second connection_init", async () => {
    const client = connect();
    await client.init(me);
    client.send({ type: "connection_init", payload: me });
    await closesWith(client, 4429);
  });

  test("1009: a message longer than any operation", async () => {
    const client = connect();
    await client.init(me);
    client.send({ id: "1", type: "subscribe", payload: { query: `{ greeting } #${"x".repeat(300_000)}` } });
    await closesWith(client, 1009);
  });

  test("a ping is answered by a pong, before and after the acknowledgement", async () => {
    const client = connect();
    await client.opened;
    client.send({ type: "ping" });
    await until("the first pong", () => client.of("pong").length === 1);
    await client.init(me);
    client.send({ type: "ping", payload: { some: "thing" } });
    await until("the second pong", () => client.of("pong").length === 2);
  });

  test("many operations on one socket; one failing harms no other; each ends for itself", async () => {
    const client = connect();
    await client.init(me);
    client.subscribe("one");
    client.subscribe("wrong", "subscription { nothing }");
    client.subscribe("two");
    client.subscribe("query", "{ greeting }");
    await until("the wrong one is an error", () => client.of("error", "wrong").length === 1);
    await until("the query is over", () => client.of("complete", "query").length === 1);
    await until("both streams are one at the agency", () => stage.arrests.running.size === 1);
    client.send({ id: "one", type: "complete" });
    client.send({ type: "ping" });
    await until("it was heard", () => client.of("pong").length === 1);
    await stage.arrests.arrest("a1");
    await until("the other goes on", () => client.of("next", "two").length === 1);
    expect(client.of("next", "one")).toEqual([]);
    expect(client.of("complete", "one")).toEqual([]);
  });

  test("when the client goes, the agency's stream is completed", async () => {
    const client = connect();
    await client.init(me);
    client.subscribe("1");
    await until("the agency streams", () => stage.arrests.running.size === 1);
    client.terminate();
    await until("it no longer does", () => stage.arrests.running.size === 0);
  });

  test("when the agency ends a stream, the client has one error and nothing after it", async () => {
    const client = connect();
    await client.init(me);
    client.subscribe("1");
    await until("the agency streams", () => stage.arrests.running.size === 1);
    stage.arrests.refuse({ message: "Gone.", extensions: { code: "CURSOR_EXPIRED" } });
    await until("the error", () => client.of("error", "1").length === 1);
    await stage.arrests.arrest("late");
    client.send({ type: "ping" });
    await until("it was heard", () => client.of("pong").length === 1);
    expect(client.messages.filter(({ id }) => id === "1").map(({ type }) => type)).toEqual(["error"]);
  });

  test("the limits of an operation hold on a socket as over HTTP", async () => {
    const client = connect();
    await client.init(me);
    client.subscribe("deep", `${"{ a ".repeat(20)} ${"}".repeat(20)}`);
    await until("the error", () => client.of("error", "deep").length === 1);
    expect(client.of("error", "deep")[0]!.payload).toMatchObject([
      { extensions: { code: "OPERATION_TOO_DEEP" } },
    ]);
  });
});
