import { connect as connectTo, type Socket } from "node:net";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentIdOf } from "../../../gateway/trusted-documents";
import { signGrant } from "../../../platform/break-glass/grant";
import { createGuard, type Guard } from "./guard";
import { RawClient } from "./raw-client";
import { Stage, until } from "./stage";

const ARRESTS = "subscription { arrests { id } }";

/** What the gateway's doors do with clients that are slow, silent, gone, or ask in other ways. */
describe("the doors for streams", () => {
  let stage: Stage;
  let guard: Guard;
  let me: Record<string, string>;
  let verifying: Promise<unknown>;
  let verifications: number;
  const clients: { terminate(): void }[] = [];
  beforeEach(async () => {
    stage = new Stage();
    guard = await createGuard(stage.folder);
    me = { authorization: `Bearer ${await guard.token("ann")}`, "x-ipvi-purpose": "alert-response" };
    verifying = Promise.resolve();
    verifications = 0;
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.terminate();
    await stage.close();
  });
  type Options = NonNullable<Parameters<Stage["open"]>[0]>;
  async function open(more: Options = {}): Promise<void> {
    const { verifyToken, ...others } = guard.access as Exclude<typeof guard.access, "open">;
    const heldUp: typeof verifyToken = async (header) => {
      verifications += 1;
      await verifying;
      return verifyToken(header);
    };
    await stage.open({ access: { ...others, verifyToken: heldUp }, ...more });
  }
  async function connect(...[protocol, options]: [string?, object?]): Promise<RawClient> {
    const client = new RawClient(stage.socketUrl, protocol, options);
    clients.push(client);
    await client.opened;
    return client;
  }
  /** A client of server-sent events that reads only when it is told to. */
  function askForEvents(query = ARRESTS): Socket {
    const { hostname, port } = new URL(stage.gateway.url);
    const socket = connectTo(Number(port), hostname);
    clients.push({ terminate: () => socket.destroy() });
    socket.on("error", () => undefined);
    const body = JSON.stringify({ query });
    const headers = { ...me, accept: "text/event-stream", "content-type": "application/json", host: "hub" };
    const lines = Object.entries({ ...headers, "content-length": Buffer.byteLength(body) });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    socket.write(`POST /graphql HTTP/1.1\r\n${head}\r\n${body}`);
    return socket;
  }

  test("server-sent events: who takes nothing is ended; the others go on", async () => {
    await open({ streamHeartbeat: 1_000 });
    const idle = askForEvents();
    idle.pause();
    const client = await connect();
    await client.init(me);
    client.subscribe("1");
    await until("both are one stream", () => stage.arrests.running.size === 1);
    const large = "x".repeat(500_000);
    let told = 0;
    const isCutOff = () => stage.arrests.watching.size === 1;
    await until("both watch", () => stage.arrests.watching.size === 2);
    await until("it is ended", () => {
      if (isCutOff()) return true;
      if (client.of("next").length === told) void stage.arrests.arrest(`${(told += 1)}${large}`);
      return false;
    });
    const beats = client.pings;
    await until("some beats have passed it", () => client.pings > beats + 1);
    let text = "";
    idle.on("data", (chunk: Buffer) => (text = (text + chunk.toString()).slice(-2_000))).resume();
    await until("it reads why", () => text.includes("SLOW_CONSUMER") && text.includes("event: complete"));
    await stage.arrests.arrest("last");
    await until("the other goes on", () => JSON.stringify(client.messages.at(-1)).includes('"last"'));
  });

  test("server-sent events: who left before it was known who he is has no stream", async () => {
    await open({ streamLimits: { perPerson: 1, perAgency: 10 } });
    let release: () => void = () => undefined;
    verifying = new Promise<void>((resolve) => (release = resolve));
    const gone = askForEvents();
    await until("it is being verified", () => verifications === 1);
    gone.resetAndDestroy();
    const other = connectTo(Number(new URL(stage.gateway.url).port), "127.0.0.1");
    clients.push({ terminate: () => other.destroy() });
    // What comes after it on another connection is taken after it: the server knows by then.
    other.write("GET /health/live HTTP/1.1\r\nhost: hub\r\n\r\n");
    await once(other, "data");
    release();
    const client = await connect();
    await client.init(me);
    client.subscribe("1");
    await until("there is room for the one stream", () => stage.arrests.running.size === 1);
    expect(client.of("error")).toEqual([]);
  });

  test("a stream that does not know yet with whom it is shared ends with the gateway too", async () => {
    await open();
    stage.arrests.isSilent = true;
    const events = askForEvents();
    let text = "";
    events.on("data", (chunk: Buffer) => (text += chunk.toString()));
    await until("its audience is asked for", () => stage.arrests.watching.size === 1);
    await stage.gateway.close();
    await until("it is told", () => text.includes("GOING_AWAY"));
    stage.gateway = { url: "", close: async () => undefined };
  });

  test("whoever is refused an upgrade, and is gone by then, harms nobody", async () => {
    await open();
    const { hostname, port } = new URL(stage.gateway.url);
    for (let n = 0; n < 20; n += 1) {
      const socket = connectTo(Number(port), hostname);
      await once(socket, "connect");
      socket.write(
        "GET /elsewhere HTTP/1.1\r\nhost: hub\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
      );
      socket.resetAndDestroy();
    }
    const client = await connect();
    await client.init(me);
    expect(client.of("connection_ack")).toHaveLength(1);
  });

  test("a client that answers no ping is gone, and its streams with it; one that does is kept", async () => {
    await open({ streamHeartbeat: 300 });
    const silent = await connect(undefined, { autoPong: false });
    await silent.init(me);
    silent.subscribe("1");
    await until("the agency streams", () => stage.arrests.running.size === 1);
    const alive = await connect();
    await alive.init(me);
    await until("it is cut off", () => silent.closed !== undefined);
    await until("the agency no longer streams", () => stage.arrests.running.size === 0);
    expect([silent.closed?.code, alive.closed]).toEqual([1006, undefined]);
  });

  test("a listed operation is named by its documentId; one that is not listed is an error of its own", async () => {
    const file = join(stage.folder, "documents.json");
    const id = documentIdOf(ARRESTS);
    writeFileSync(file, JSON.stringify({ [id]: ARRESTS }));
    await open({ trustedDocuments: { file, enforced: true } });
    const client = await connect();
    await client.init(me);
    client.send({ id: "listed", type: "subscribe", payload: { documentId: id } });
    client.send({ id: "unknown", type: "subscribe", payload: { documentId: "sha256:0" } });
    client.subscribe("text", "subscription { plain { id } }");
    await until("the agency streams", () => stage.arrests.running.size === 1);
    await stage.arrests.arrest("a1");
    await until("its event", () => client.of("next", "listed").length === 1);
    const codeOf = (of: string) =>
      (client.of("error", of)[0]?.payload as { extensions: { code: string } }[])[0]!.extensions.code;
    expect([codeOf("unknown"), codeOf("text")]).toEqual(["DOCUMENT_UNKNOWN", "UNTRUSTED_DOCUMENT"]);
  });

  test("when the client goes, what it asked for is no longer asked of an agency", async () => {
    await open();
    stage.names.held = new Promise(() => undefined);
    const client = await connect();
    await client.init(me);
    client.subscribe("1", "{ greeting }");
    await until("the agency is asked", () => stage.names.requests === 1);
    client.terminate();
    await until("it is given up", () => stage.names.abandoned === 1);
  });

  test("a subscription with what was opened in an emergency is refused, and the agency not asked", async () => {
    const breakGlassFile = join(stage.folder, "break-glass.json");
    const opens = { advocate: { note: { heldBy: "arrests", scopes: ["secret"] } } };
    writeFileSync(breakGlassFile, JSON.stringify(opens));
    const access = guard.access as Exclude<typeof guard.access, "open">;
    await open({ access: { ...access, breakGlassFile } });
    const grant = await signGrant(access.hubSecrets["arrests"]!, {
      id: randomUUID(),
      ...{ subject: "ann", agency: "agency", role: "advocate", element: "note", heldBy: "arrests" },
      expiresAt: new Date(Date.now() + 60_000),
    });
    const client = await connect();
    await client.init({ ...me, "x-ipvi-break-glass": grant });
    client.subscribe("1", "subscription { arrests { note } }");
    client.subscribe("query", "{ greeting }");
    await until("it is refused", () => client.of("error", "1").length === 1);
    await until("a query is answered", () => client.of("next", "query").length === 1);
    expect(client.of("error", "1")[0]!.payload).toMatchObject([
      { extensions: { code: "BREAK_GLASS_NOT_STREAMED" } },
    ]);
    expect(stage.arrests.subscribed).toEqual([]);
  });
});
