import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { Stage, until } from "../../test/contract/subscriptions/stage";
import { watchEvents } from "./watch-events";

const ARREST = "subscription ($after: Cursor) { arrests(after: $after) { id } }";

describe("watching events", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = new Stage();
    await stage.open();
  });
  afterEach(() => stage.close());

  function watch(after?: string, query = ARREST, feed?: string) {
    const over = new AbortController();
    const events: unknown[] = [];
    const notices: string[] = [];
    const missing: string[] = [];
    const done = watchEvents({
      url: stage.socketUrl,
      query,
      variables: {},
      after,
      ...(feed === undefined ? {} : { feed, onMissing: (notice: string) => void missing.push(notice) }),
      connectionParams: async () => ({}),
      onEvent: (event) => events.push(event),
      onNotice: (notice) => notices.push(notice),
      signal: over.signal,
    });
    return { events, notices, missing, done, over };
  }

  test.each(["SLOW_CONSUMER", "ACCESS_NOT_RECORDED"])(
    "goes on after the last event when the agency refuses for now (%s), and ends when told to",
    async (code) => {
      const { events, notices, done, over } = watch();
      await until("it watches", () => stage.arrests.running.size === 1);
      await stage.arrests.arrest("a0");
      await until("one event", () => events.length === 1);
      stage.arrests.refuse({ message: "Not now.", extensions: { code } });
      await stage.arrests.arrest("a1");
      await until("what was missed", () => events.length === 2);
      expect(events).toEqual([{ arrests: { id: "a0" } }, { arrests: { id: "a1" } }]);
      expect(notices).toEqual(["The stream broke, going on where it was."]);
      over.abort();
      await done;
    },
  );

  test("what happens in a break before the first event comes after it, where the feed says where it stands", async () => {
    await stage.arrests.arrest("before");
    const { events, done, over } = watch(undefined, ARREST, "feed");
    await until("it watches", () => stage.arrests.running.size === 1);
    stage.arrests.refuse({ message: "Not now.", extensions: { code: "SLOW_CONSUMER" } });
    await stage.arrests.arrest("meanwhile");
    await until("what was missed", () => events.length === 1);
    expect(events).toEqual([{ arrests: { id: "meanwhile" } }]);
    over.abort();
    await done;
  });

  test.each([
    { code: "CURSOR_EXPIRED", oldest: "c0", said: "going on after c0" },
    { code: "CURSOR_FOREIGN", oldest: "c0", said: "going on after c0" },
    { code: "CURSOR_MALFORMED", oldest: undefined, said: "beginning anew" },
  ])("a cursor that is $code: it goes on, and says loudly that events may be missing", async (given) => {
    const { code, oldest, said } = given;
    for (const id of ["a0", "a1"]) await stage.arrests.arrest(id);
    const { events, missing, notices, done, over } = watch("c9", ARREST, "feed");
    await until("it asks", () => stage.arrests.running.size === 1);
    stage.arrests.refuse({ message: "No.", extensions: { code, ...(oldest ? { oldest } : {}) } });
    await until("it asks again", () => stage.arrests.running.size === 1);
    await stage.arrests.arrest("a2");
    await until("the last", () => JSON.stringify(events).includes("a2"));
    const ids = oldest ? ["a1", "a2"] : ["a2"];
    expect(events).toEqual(ids.map((id) => ({ arrests: { id } })));
    expect(missing).toEqual([`EVENTS MAY BE MISSING (${code}): ${said}; read the lists.`]);
    expect(notices).toEqual([]);
    over.abort();
    await done;
  });

  test("a notice of the agency names its feed", async () => {
    const { notices, done, over } = watch(undefined, ARREST, "feed");
    await until("it watches", () => stage.arrests.running.size === 1);
    stage.arrests.standStill(true);
    await until("it is said", () => notices.length === 1);
    expect(notices[0]).toMatch(/^feed: The agency's feed is interrupted/);
    over.abort();
    await done;
  });

  test("a socket that the hub does not let in is an error; one where nothing answers is tried again, and said", async () => {
    const over = new AbortController();
    const notices: string[] = [];
    const options = {
      ...{ query: ARREST, variables: {}, after: undefined, onEvent: () => undefined, signal: over.signal },
      onNotice: (notice: string) => void notices.push(notice),
    };
    const refusing = new WebSocketServer({ port: 0, handleProtocols: () => "graphql-transport-ws" });
    refusing.on("connection", (socket) => socket.close(4401, "TOKEN_UNKNOWN"));
    const { port } = refusing.address() as AddressInfo;
    const connectionParams = async () => ({});
    const refused = watchEvents({ ...options, connectionParams, url: `ws://127.0.0.1:${port}/graphql` });
    await expect(refused).rejects.toThrow("The hub refused: TOKEN_UNKNOWN.");
    await new Promise((resolve) => refusing.close(resolve));
    const done = watchEvents({ ...options, connectionParams, url: "ws://127.0.0.1:1/graphql" });
    await until("it is said", () => notices.length > 0);
    expect(notices[0]).toBe("Nothing answers at ws://127.0.0.1:1/graphql; trying again.");
    over.abort();
    await done;
  });

  test("what the hub refuses for good is an error with its code", async () => {
    await expect(watch(undefined, "subscription { nothing }").done).rejects.toThrow(
      "GRAPHQL_VALIDATION_FAILED",
    );
    const { done } = watch("c9");
    await until("it asks", () => stage.arrests.running.size > 0);
    stage.arrests.refuse({ message: "Too old.", extensions: { code: "CURSOR_EXPIRED" } });
    await expect(done).rejects.toThrow("Too old. (CURSOR_EXPIRED)");
  });
});
