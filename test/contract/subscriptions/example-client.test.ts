import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { WebSocketServer } from "ws";
import { PROJECT_ROOT } from "../../../platform/project-root";
import { until } from "./stage";

/** What the hub answers a subscription after a cursor with; undefined: it stays open, and nothing comes. */
type Answer = (after: string | null) => object | undefined;

const NOW = "now-cursor";
const ALERT = { data: { arrestAlerts: { id: "e1" } }, extensions: { cursor: "c1" } };

describe("the example client", () => {
  const running: ChildProcess[] = [];
  let hub: WebSocketServer | undefined;
  /** Where it asked the hub to go on, one after the other. */
  let asked: (string | null)[] = [];
  beforeEach(() => {
    asked = [];
  });
  afterEach(async () => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
    for (const socket of hub?.clients ?? []) socket.terminate();
    await new Promise((resolve) => (hub ? hub.close(resolve) : resolve(undefined)));
    hub = undefined;
  });

  async function open(answer: Answer, refusal?: readonly [number, string]): Promise<string> {
    hub = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "graphql-transport-ws" });
    hub.on("connection", (socket) => {
      const say = (message: object) => socket.send(JSON.stringify(message));
      socket.on("message", (raw: Buffer) => {
        const { type, id, payload } = JSON.parse(raw.toString()) as {
          type: string;
          id: string;
          payload: { query: string; variables?: { after?: string | null } };
        };
        if (type === "connection_init")
          return refusal ? socket.close(...refusal) : say({ type: "connection_ack" });
        if (type !== "subscribe") return;
        if (!payload.query.startsWith("subscription")) {
          say({ id, type: "next", payload: { data: { lawEnforcementFeed: { cursor: NOW } } } });
          return say({ id, type: "complete" });
        }
        const after = payload.variables?.after ?? null;
        asked.push(after);
        const answered = answer(after);
        if (answered) say({ id, ...answered });
      });
    });
    await once(hub, "listening");
    return `ws://127.0.0.1:${(hub.address() as AddressInfo).port}/graphql`;
  }

  function run(...given: string[]) {
    const child = spawn(process.execPath, [join(PROJECT_ROOT, "docs", "examples", "alerts.mjs"), ...given]);
    running.push(child);
    const seen = { out: "", err: "", code: undefined as number | null | undefined };
    child.stdout.on("data", (part: Buffer) => (seen.out += part.toString()));
    child.stderr.on("data", (part: Buffer) => (seen.err += part.toString()));
    child.once("close", (code) => (seen.code = code));
    return seen;
  }

  test.each([
    { code: "CURSOR_EXPIRED", oldest: "oldest-cursor", on: "oldest-cursor" },
    { code: "CURSOR_FOREIGN", oldest: "oldest-cursor", on: "oldest-cursor" },
    { code: "CURSOR_MALFORMED", oldest: undefined, on: NOW },
  ])(
    "with a cursor that is $code it goes on, saying that alerts may be missing",
    async ({ code, oldest, on }) => {
      const url = await open((after) =>
        after === "given"
          ? { type: "error", payload: [{ message: "Not this one.", extensions: { code, oldest } }] }
          : { type: "next", payload: ALERT },
      );
      const seen = run(url, "token", "given");
      await until("an alert", () => seen.out !== "");
      expect(seen.out).toBe('{"id":"e1"}\n');
      expect(asked).toEqual(["given", on]);
      expect(seen.err).toContain("ALERTS MAY BE MISSING");
      expect(seen.err).toContain(`The stream ended (${code}: Not this one.)`);
    },
  );

  test("what passes is tried again after the last alert, and nothing is said to be missing", async () => {
    const url = await open((after) => {
      if (after !== "c1") return { type: "next", payload: ALERT };
      if (asked.length > 2) return undefined;
      return { type: "error", payload: [{ message: "Later.", extensions: { code: "ACCESS_NOT_RECORDED" } }] };
    });
    const seen = run(url, "token", "c0");
    await until("an alert", () => seen.out !== "");
    for (const socket of hub!.clients) socket.terminate();
    await until("it has asked twice more", () => asked.length === 3);
    expect(asked).toEqual(["c0", "c1", "c1"]);
    expect(seen.err).toContain("The stream ended (ACCESS_NOT_RECORDED: Later.); going on after c1.");
    expect(seen.err).not.toContain("MISSING");
  });

  test("a token that the hub does not take ends it: why, and no word of going on", async () => {
    const seen = run(await open(() => undefined, [4401, "TOKEN_UNKNOWN"]), "token");
    await until("it ends", () => seen.code !== undefined);
    expect(seen).toEqual({
      code: 1,
      out: "",
      err: "The hub refused (4401: TOKEN_UNKNOWN). Last cursor: none.\n",
    });
  });

  test("where nothing answers, and where no hub does, it says so and tries again", async () => {
    const nothing = run("ws://127.0.0.1:1/graphql", "token");
    const web = createServer((request, response) => {
      void text(request).then(() => response.writeHead(404).end());
    });
    await once(web.listen(0, "127.0.0.1"), "listening");
    const elsewhere = run(`ws://127.0.0.1:${(web.address() as AddressInfo).port}/else`, "token");
    await until("both say it", () => nothing.err !== "" && elsewhere.err !== "");
    web.close();
    expect(nothing.err).toMatch(/^The stream ended \(.*ECONNREFUSED.*\); going on after now\./);
    expect(elsewhere.err).toMatch(/^The stream ended \(.*404.*\); going on after now\./);
  });

  test("without a token it says how it is used", async () => {
    const seen = run();
    await until("it ends", () => seen.code !== undefined);
    expect(seen.code).toBe(1);
    expect(seen.err).toMatch(/^Usage: .*TOKEN.*\n$/);
  });
});
