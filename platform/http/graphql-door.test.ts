import { once } from "node:events";
import { connect } from "node:net";
import { ApolloServer } from "@apollo/server";
import { openDoor, type Door } from "./graphql-door";

describe("the GraphQL door", () => {
  let door: Door;
  let ready = true;
  const failures: unknown[] = [];
  const apollo = new ApolloServer({
    typeDefs: "type Query { ok: Boolean }",
    resolvers: { Query: { ok: () => true } },
  });

  beforeAll(async () => {
    await apollo.start();
    door = await openDoor({
      apollo,
      contextOf: async () => ({}),
      port: 0,
      host: "127.0.0.1",
      ready: async () => ready,
      onFailure: (error) => failures.push(error),
    });
  });
  afterAll(async () => {
    await door.close();
    await apollo.stop();
  });

  const post = (body: string, type = "application/json") =>
    fetch(door.url, { method: "POST", headers: { "content-type": type }, body });
  const at = (path: string) => fetch(new URL(path, door.url));

  test("answers an operation", async () => {
    const response = await post('{"query":"{ ok }"}');
    expect([response.status, await response.json()]).toEqual([200, { data: { ok: true } }]);
  });

  test.each([
    ["a body that is not JSON", () => post("{"), 400, "BAD_REQUEST"],
    ["a body of another type", () => post("{ ok }", "application/graphql"), 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["a body without bound", () => post(`{"query":"${" ".repeat(1_100_000)}"}`), 413, "BODY_TOO_LARGE"],
    ["a path that is not there", () => at("/admin"), 404, "NOT_FOUND"],
  ])("refuses %s with a code", async (_title, ask, status, code) => {
    const response = await ask();
    const body = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect([response.status, body.errors[0]?.extensions.code]).toEqual([status, code]);
  });

  test("hears of a failure, and tells the caller nothing of it", async () => {
    const broken = await openDoor({
      apollo,
      contextOf: async () => ({}),
      answerKnown: () => Promise.reject(new Error("secret")),
      port: 0,
      host: "127.0.0.1",
      ready: async () => true,
      onFailure: (error) => failures.push(error),
    });
    const response = await fetch(broken.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: '{"query":"{ ok }"}',
    });
    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining("secret")]);
    expect(failures).toEqual([expect.objectContaining({ message: "secret" })]);
    await broken.close();
  });

  test("lets a request under way finish, then closes its connection", async () => {
    let arrived = () => {};
    let release = () => {};
    const underWay = new Promise<void>((resolve) => (arrived = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const busy = await openDoor({
      apollo,
      contextOf: async () => ({}),
      answerKnown: async () => {
        arrived();
        await released;
        return '{"data":{"ok":true}}';
      },
      port: 0,
      host: "127.0.0.1",
      ready: async () => true,
      onFailure: () => undefined,
    });
    const answer = fetch(busy.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: '{"query":"{ ok }"}',
    });
    await underWay;
    const closed = busy.close();
    release();
    expect(await (await answer).json()).toEqual({ data: { ok: true } });
    await closed;
  });

  test("S18: a connection on which nothing was ever asked does not keep it open", async () => {
    const other = await openDoor({
      apollo,
      contextOf: async () => ({}),
      port: 0,
      host: "127.0.0.1",
      ready: async () => true,
      onFailure: () => undefined,
    });
    const silent = connect(Number(new URL(other.url).port), "127.0.0.1");
    silent.on("error", () => undefined);
    await once(silent, "connect");
    // It has been accepted when another after it was answered.
    await (await fetch(new URL("/health/live", other.url))).text();
    await other.close();
    silent.destroy();
  });

  test("tells whether it lives, and whether it is ready", async () => {
    expect((await at("/health/live")).status).toBe(200);
    expect((await at("/health/ready")).status).toBe(200);
    ready = false;
    expect((await at("/health/ready")).status).toBe(503);
  });

  test("says in a sentence that its port is taken", async () => {
    const port = Number(new URL(door.url).port);
    const again = openDoor({
      apollo,
      contextOf: async () => ({}),
      port,
      host: "127.0.0.1",
      ready: async () => true,
      onFailure: () => undefined,
    });
    await expect(again).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use by another program.`);
  });
});
