import { Stage, until, type Received } from "./stage";

const ARREST = "subscription ($after: Cursor) { arrests(after: $after) { id person { name } } }";

const idsOf = ({ payloads }: Received) =>
  payloads.flatMap(({ data }) => (data ? [(data as { arrests: { id: string } }).arrests.id] : []));

describe("subscriptions through the gateway", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = new Stage();
    await stage.open();
  });
  afterEach(() => stage.close());

  test("an event comes with what another agency adds to it, and its cursor", async () => {
    const ann = stage.subscribe(ARREST);
    await until("the agency is asked", () => stage.arrests.running.size === 1);
    await stage.arrests.arrest("a1");
    await until("one event", () => ann.payloads.length === 1);
    expect(ann.payloads).toEqual([
      { data: { arrests: { id: "a1", person: { name: "name of p-a1" } } }, extensions: { cursor: "c0" } },
    ]);
  });

  test("whoever sees the same shares one stream and one entity request for each event", async () => {
    const everyone = Array.from({ length: 20 }, () => stage.subscribe(ARREST));
    await until("all have joined", () => stage.arrests.running.size === 1);
    // The last of them has joined when an event reaches it.
    await until("all are there", () => {
      if (everyone.every(({ payloads }) => payloads.length > 0)) return true;
      if (stage.arrests.log.length === 0 || everyone[0]!.payloads.length === stage.arrests.log.length) {
        void stage.arrests.arrest(`warm-${stage.arrests.log.length}`);
      }
      return false;
    });
    const before = stage.names.requests;
    await stage.arrests.arrest("shared");
    await until("all have it", () => everyone.every((one) => idsOf(one).includes("shared")));
    expect(stage.names.requests - before).toBe(1);
    expect(stage.arrests.subscribed).toHaveLength(1);
  });

  test("whoever reads for others may leave while an event is being completed: they have it all the same, and whole", async () => {
    const ann = stage.subscribe(ARREST);
    await until("the group reads", () => stage.arrests.running.size === 1);
    const bob = stage.subscribe(ARREST);
    await until("both are there", () => {
      if (ann.payloads.length > 0 && bob.payloads.length > 0) return true;
      if (ann.payloads.length === stage.arrests.log.length) void stage.arrests.arrest("warm");
      return false;
    });
    let release: () => void = () => undefined;
    stage.names.held = new Promise<void>((resolve) => (release = resolve));
    const before = stage.names.requests;
    await stage.arrests.arrest("in hand");
    await until("it is being completed", () => stage.names.requests > before);
    ann.stop();
    await until("another reads", () => stage.arrests.subscribed.length === 2);
    release();
    await stage.arrests.arrest("next");
    await until("the next has come", () => idsOf(bob).includes("next"));
    expect(idsOf(bob).slice(-2)).toEqual(["in hand", "next"]);
    expect(JSON.stringify(bob.payloads.slice(-2))).not.toContain('"name":null');
  });

  test("after a cursor: what was missed, then what comes, in order and once", async () => {
    for (const id of ["a0", "a1", "a2", "a3"]) await stage.arrests.arrest(id);
    const live = stage.subscribe(ARREST);
    await until("the group reads", () => stage.arrests.running.size === 1);
    const late = stage.subscribe(ARREST, { after: "c1" });
    await until("it has caught up", () => idsOf(late).length === 2);
    await stage.arrests.arrest("a4");
    await until("both have the new one", () => idsOf(late).includes("a4") && idsOf(live).includes("a4"));
    expect(idsOf(late)).toEqual(["a2", "a3", "a4"]);
    expect(idsOf(live)).toEqual(["a4"]);
    await until("one stream is left", () => stage.arrests.running.size === 1);
  });

  test("what was missed is completed together, and each event has what is its own", async () => {
    const missed = Array.from({ length: 60 }, (_, n) => `a${n}`);
    for (const id of missed) await stage.arrests.arrest(id);
    const before = stage.names.requests;
    const late = stage.subscribe(ARREST, { after: "c-1" });
    await until("it has caught up", () => late.payloads.length === missed.length);
    expect(late.payloads.map(({ data }) => data)).toEqual(
      missed.map((id) => ({ arrests: { id, person: { name: `name of p-${id}` } } })),
    );
    expect(stage.names.requests - before).toBeLessThan(missed.length / 3);
  });

  test("events while somebody catches up wait for it: no gap, nothing twice, nothing out of order", async () => {
    for (let n = 0; n < 50; n += 1) await stage.arrests.arrest(`a${n}`);
    const live = stage.subscribe(ARREST);
    await until("the group reads", () => stage.arrests.running.size === 1);
    let release = (): void => undefined;
    stage.names.held = new Promise<void>((resolve) => (release = resolve));
    const late = stage.subscribe(ARREST, { after: "c9" });
    await until("it is catching up", () => stage.arrests.subscribed.length === 2);
    for (let n = 50; n < 80; n += 1) await stage.arrests.arrest(`a${n}`);
    release();
    await until("all are there", () => idsOf(late).length >= 70 && idsOf(live).length >= 30);
    await stage.arrests.arrest("last");
    await until("the last is there", () => idsOf(late).includes("last"));
    const expected = [...Array.from({ length: 70 }, (_, n) => `a${n + 10}`), "last"];
    expect(idsOf(late)).toEqual(expected);
  });

  test("the agency's connection breaks: one notice, then everything that was missed", async () => {
    const ann = stage.subscribe(ARREST);
    await until("the agency is asked", () => stage.arrests.running.size === 1);
    await stage.arrests.arrest("a0");
    await until("one event", () => ann.payloads.length === 1);
    stage.arrests.breakConnections();
    await until("it is gone", () => stage.arrests.running.size === 0);
    await stage.arrests.arrest("a1");
    await stage.arrests.arrest("a2");
    await until("all are there", () => idsOf(ann).length === 3);
    expect(idsOf(ann)).toEqual(["a0", "a1", "a2"]);
    const notices = ann.payloads.flatMap(
      ({ errors }) => errors?.map(({ extensions }) => extensions?.["code"]) ?? [],
    );
    expect(notices).toEqual(["FEED_INTERRUPTED"]);
  });

  test("S13: the agency's database is gone: each stream has one notice for each time, also when the connection breaks meanwhile", async () => {
    const ann = stage.subscribe(ARREST);
    await until("the agency is asked", () => stage.arrests.running.size === 1);
    await stage.arrests.arrest("a0");
    const told = ({ payloads }: Received) =>
      payloads.map(({ data, errors }) =>
        errors ? errors[0]!.extensions?.["code"] : (data as { arrests: { id: string } }).arrests.id,
      );
    await until("one event", () => told(ann).length === 1);
    stage.arrests.standStill(true);
    await until("it is told", () => told(ann).length === 2);
    const late = stage.subscribe(ARREST);
    await until("who comes later is told too", () => told(late).length === 1);
    stage.arrests.breakConnections();
    await until("it is gone", () => stage.arrests.running.size === 0);
    await until("it is asked again", () => stage.arrests.running.size === 1);
    stage.arrests.standStill(false);
    await stage.arrests.arrest("a1");
    await until("they go on", () => [ann, late].every((one) => told(one).includes("a1")));
    // Without an event in between.
    stage.arrests.standStill(true);
    stage.arrests.standStill(false);
    stage.arrests.standStill(true);
    stage.arrests.standStill(false);
    await stage.arrests.arrest("a2");
    await until("they go on again", () => [ann, late].every((one) => told(one).includes("a2")));
    const twice = ["FEED_INTERRUPTED", "FEED_INTERRUPTED"];
    expect(told(ann)).toEqual(["a0", "FEED_INTERRUPTED", "a1", ...twice, "a2"]);
    expect(told(late)).toEqual(["FEED_INTERRUPTED", "a1", ...twice, "a2"]);
  });

  test("while the agency is away each stream has one notice: those that begin meanwhile, and when its reader leaves", async () => {
    const reader = stage.subscribe(ARREST);
    await until("the agency is asked", () => stage.arrests.running.size === 1);
    const noticesOf = ({ payloads }: Received) =>
      payloads.filter(({ errors }) => errors !== undefined).length;
    stage.arrests.isDown = true;
    stage.arrests.breakConnections();
    await until("it is told", () => noticesOf(reader) === 1);
    const late = stage.subscribe(ARREST);
    await until("who comes later is told too", () => noticesOf(late) === 1);
    reader.stop();
    const last = stage.subscribe(ARREST);
    await until("and the last", () => noticesOf(last) === 1);
    stage.arrests.isDown = false;
    await until("the agency is asked again", () => stage.arrests.running.size === 1);
    await stage.arrests.arrest("a0");
    await until("they go on", () => idsOf(late).length === 1 && idsOf(last).length === 1);
    expect([late, last].map(noticesOf)).toEqual([1, 1]);
  });

  test("S17: server-sent events that are asked for while the agency is away begin as such, with the notice", async () => {
    const first = stage.subscribe(ARREST);
    await until("it is read", () => stage.arrests.running.size === 1);
    stage.arrests.isDown = true;
    stage.arrests.breakConnections();
    await until("it has the notice", () => first.payloads.length === 1);
    const leaving = new AbortController();
    const response = await fetch(stage.socketUrl.replace("ws", "http"), {
      method: "POST",
      headers: { accept: "text/event-stream", "content-type": "application/json" },
      body: JSON.stringify({ query: ARREST }),
      signal: leaving.signal,
    });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]); // prettier-ignore
    const { value } = await response.body!.getReader().read();
    expect(Buffer.from(value!).toString()).toContain("FEED_INTERRUPTED");
    leaving.abort();
    stage.arrests.isDown = false;
  });

  test("the one whose eyes are used leaves: the others read on without a gap", async () => {
    const first = stage.subscribe(ARREST);
    await until("the agency is asked", () => stage.arrests.running.size === 1);
    await stage.arrests.arrest("a0");
    await until("one event", () => first.payloads.length === 1);
    const second = stage.subscribe(ARREST, { after: "c0" });
    await until("the second is asked for", () => stage.arrests.subscribed.length === 2);
    await until("the second has joined", () => stage.arrests.running.size === 1);
    first.stop();
    await until("it reads with the second's eyes", () => stage.arrests.subscribed.length === 3);
    await stage.arrests.arrest("a1");
    await until("it goes on", () => idsOf(second).length === 1);
    expect(idsOf(second)).toEqual(["a1"]);
    expect(idsOf(first)).toEqual(["a0"]);
    second.stop();
    await until("nobody reads", () => stage.arrests.running.size === 0);
  });

  test("a cursor that the agency refuses ends the stream with the agency's error", async () => {
    const ann = stage.subscribe(ARREST, { after: "c0" });
    await until("the agency is asked", () => stage.arrests.running.size > 0);
    stage.arrests.refuse({ message: "Too old.", extensions: { code: "CURSOR_EXPIRED", oldest: "c7" } });
    await until("it ends", () => ann.ended !== "open");
    expect(ann.ended).toMatchObject({ errors: [{ extensions: { code: "CURSOR_EXPIRED", oldest: "c7" } }] });
  });

  test("an agency that adds nothing costs its own fields only", async () => {
    await stage.names.close();
    const ann = stage.subscribe(ARREST);
    await until("the agency is asked", () => stage.arrests.running.size === 1);
    await stage.arrests.arrest("a1");
    await until("one event", () => ann.payloads.length === 1);
    expect(ann.payloads[0]).toMatchObject({
      data: { arrests: { id: "a1", person: { name: null } } },
      errors: [{ path: ["arrests", "person"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } }],
    });
    await stage.names.open();
  });

  test("another supergraph: streams end with the place to go on from, and the new schema is served", async () => {
    const ann = stage.subscribe(ARREST);
    await until("the agency is asked", () => stage.arrests.running.size === 1);
    await stage.arrests.arrest("a0");
    await until("one event", () => ann.payloads.length === 1);
    const query = "{ greeting farewell }";
    const before = stage.subscribe(query);
    await until("it is refused", () => before.ended !== "open");
    stage.changeSupergraph((sdl) => sdl.replace("greeting: String", "greeting: String farewell: String"));
    await until("the stream ends", () => ann.ended !== "open");
    expect(ann.ended).toMatchObject({ errors: [{ extensions: { code: "SCHEMA_CHANGED", cursor: "c0" } }] });
    await stage.arrests.arrest("a1");
    const again = stage.subscribe(ARREST, { after: "c0" });
    await until("what was missed", () => again.payloads.length === 1);
    expect(idsOf(again)).toEqual(["a1"]);
    const after = stage.subscribe(query);
    await until("it is answered", () => after.ended !== "open");
    expect(after.ended).toBe("complete");
  });

  test("a supergraph that cannot be served is not taken", async () => {
    const ann = stage.subscribe(ARREST);
    await until("the agency is asked", () => stage.arrests.running.size === 1);
    stage.changeSupergraph(() => "type Query { broken: ");
    await until("it was looked at", () => stage.logged.some((line) => line.includes("the old one stays")));
    await stage.arrests.arrest("a0");
    await until("the stream goes on", () => idsOf(ann).length === 1);
    expect(ann.ended).toBe("open");
  });

  test("a stream of a subgraph without cursors", async () => {
    const ann = stage.subscribe("subscription { plain { id } }");
    await until("the agency is asked", () => stage.arrests.running.size === 1);
    await stage.arrests.arrest("a1");
    await until("one event", () => ann.payloads.length === 1);
    expect(ann.payloads[0]!.data).toEqual({ plain: { id: "a1" } });
  });

  test("queries go over the same socket; wrong ones are errors of their own", async () => {
    const client = stage.client();
    const good = stage.subscribe("{ greeting }", {}, client);
    const bad = stage.subscribe("{ greetin }", {}, client);
    const deep = stage.subscribe(`${"{ a ".repeat(20)} ${"}".repeat(20)}`, {}, client);
    await until("all are over", () => [good, bad, deep].every(({ ended }) => ended !== "open"));
    expect(good).toMatchObject({ payloads: [{ data: { greeting: null } }], ended: "complete" });
    expect(bad.ended).toMatchObject({ errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] });
    expect(JSON.stringify(bad.ended)).not.toContain("Did you mean");
    expect(deep.ended).toMatchObject({ errors: [{ extensions: { code: "OPERATION_TOO_DEEP" } }] });
  });

  test("too many streams of one person are refused with a code", async () => {
    await stage.gateway.close();
    const limited = new Stage();
    await limited.open({ streamLimits: { perPerson: 2, perAgency: 10 } });
    const three = [1, 2, 3].map(() => limited.subscribe(ARREST));
    await until("one is refused", () => three.some(({ ended }) => ended !== "open"));
    expect(three.filter(({ ended }) => ended === "open")).toHaveLength(2);
    expect(three.find(({ ended }) => ended !== "open")!.ended).toMatchObject({
      errors: [{ extensions: { code: "TOO_MANY_SUBSCRIPTIONS" } }],
    });
    await limited.close();
    stage.gateway = { url: "", close: async () => undefined };
  });
});
