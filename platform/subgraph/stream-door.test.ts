import { SIGNATURE_HEADER } from "../hub-signature/message";
import { postSigned } from "../hub-signature/signed-fetch.fixture";
import { event, record } from "../outbox/outbox.fixture";
import { knock } from "./hub-socket.fixture";
import { ARRESTS, arrests, codesOf, headers, raiseStage, stage } from "./stream-stage.fixture";

raiseStage();

const withGrant = {
  extensions: { headers: { ...headers().extensions.headers, "x-ipvi-break-glass": "any" } },
};

describe("who may connect", () => {
  test.each([
    ["unsigned", {}],
    ["with a signature of something else", { [SIGNATURE_HEADER]: `${Date.now()}.n.${"A".repeat(43)}` }],
  ])("S1: an upgrade %s is refused with 401 before there is a socket", async (_title, sent) => {
    const stranger = knock(stage.door.url, sent);
    const status = await new Promise((resolve) =>
      stranger.on("unexpected-response", (_request, response) => resolve(response.statusCode)),
    );
    expect(status).toBe(401);
  });

  test.each([
    ["no token", { extensions: { headers: {} } }, "UNAUTHENTICATED"],
    ["no purpose", headers("Bearer ann", ""), "PURPOSE_REQUIRED"],
    ["nothing at all", {}, "UNAUTHENTICATED"],
    ["a break-glass grant", withGrant, "BREAK_GLASS_NOT_STREAMED"],
  ])("S2, S10: a stream with %s is refused, and the socket stays", async (_title, more, code) => {
    expect(codesOf(await stage.socket.begin({ query: ARRESTS, ...more }).end())).toEqual([code]);
    expect((await arrests().next()).extensions.live).toBe(true);
  });

  test.each([
    ["a field that the caller may not see", "subscription { secrets { id } }", "UNAUTHORIZED_FIELD_OR_TYPE"],
    ["a query", "{ ok }", "SUBSCRIPTIONS_ONLY"],
    ["no such field", "subscription { nonsense }", "GRAPHQL_VALIDATION_FAILED"],
  ])("S2: %s is refused", async (_title, query, code) => {
    expect(codesOf(await stage.socket.begin({ query, ...headers() }).end())).toEqual([code]);
  });

  test("S2: a subscription over HTTP is refused", async () => {
    const response = await postSigned(
      stage.door.url,
      { query: ARRESTS },
      { headers: { authorization: "Bearer ann" } },
    );
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect(codesOf(errors)).toEqual(["SUBSCRIPTION_OVER_HTTP"]);
  });

  test("a message longer than the limit ends the socket", async () => {
    const closed = new Promise((resolve) => stage.socket.socket.on("close", resolve));
    stage.socket.begin({ query: "x".repeat(20_000) });
    expect(await closed).toBe(1009);
  });

  test("no more streams than the limit, and one that has ended makes room", async () => {
    const streams = Array.from({ length: 20 }, () => arrests());
    await Promise.all(streams.map((stream) => stream.next()));
    expect(codesOf(await arrests().end())).toEqual(["TOO_MANY_SUBSCRIPTIONS"]);
    streams[0]!.stop();
    for (;;) {
      const again = arrests();
      const first = await again.next().catch(() => null);
      if (first?.extensions.live) break;
    }
  });
});

describe("events", () => {
  test("S3: without `after` it says at once where it begins; then events come in order with cursor and position", async () => {
    const stream = arrests();
    const mark = await stream.next();
    expect(mark).toEqual({
      data: null,
      extensions: {
        cursor: expect.any(String) as string,
        position: expect.any(String) as string,
        live: true,
      },
    });
    const [one, two] = [event(), event()];
    await record(stage.database, one);
    await record(stage.database, two);
    const told = [await stream.next(), await stream.next()];
    expect(told.map(({ data }) => (data?.["arrests"] as { key: string }).key)).toEqual([one.key, two.key]);
    const positions = [mark, ...told].map(({ extensions }) => extensions.position!);
    expect([...positions].sort()).toEqual(positions);
  });

  test("S3: with `after` the past comes first, then the mark, then what is new; other topics do not come", async () => {
    const begun = await arrests().next();
    const [one, two] = [event(), event()];
    await record(stage.database, event({ topic: "level" }));
    await record(stage.database, one);
    const stream = arrests(begun.extensions.cursor);
    expect((await stream.next()).data).toMatchObject({ arrests: { key: one.key } });
    expect((await stream.next()).extensions.live).toBe(true);
    await record(stage.database, two);
    expect((await stream.next()).data).toMatchObject({ arrests: { key: two.key } });
  });

  test("S4: what the caller may not see at that moment is passed over, replayed or live; later it is told", async () => {
    const begun = await arrests().next();
    const [secret, open] = [event(), event()];
    stage.hidden.add(secret.key);
    const live = arrests();
    await live.next();
    await record(stage.database, secret);
    await record(stage.database, open);
    expect((await live.event()).data).toMatchObject({ arrests: { key: open.key } });
    expect((await arrests(begun.extensions.cursor).event()).data).toMatchObject({
      arrests: { key: open.key },
    });
    stage.hidden.delete(secret.key);
    expect((await arrests(begun.extensions.cursor).event()).data).toMatchObject({
      arrests: { key: secret.key },
    });
  });

  const told = async (stream: ReturnType<typeof arrests>) =>
    (await stream.next()).data?.["arrests"] as { key: string; reading: number };

  test("S4: events that come together are read together; what comes later is read then", async () => {
    const stream = arrests();
    await stream.next();
    await record(stage.database, event(), event());
    const [one, two] = [await told(stream), await told(stream)];
    expect(two.reading).toBe(one.reading);
    await record(stage.database, event());
    expect((await told(stream)).reading).toBeGreaterThan(two.reading);
  });

  test("S5: an event whose reading fails is read again, and comes before the next one, which is read after it", async () => {
    const begun = await arrests().next();
    const events = [event(), event(), event()];
    for (const one of events) await record(stage.database, one);
    const rows: { id: string }[] = await stage.database.query("SELECT id FROM outbox.event WHERE key = $1", [
      events[1]!.key,
    ]);
    stage.failing.set(rows[0]!.id, 3);
    const stream = arrests(begun.extensions.cursor);
    const [one, two, three] = [await told(stream), await told(stream), await told(stream)];
    expect([one, two, three].map(({ key }) => key)).toEqual(events.map(({ key }) => key));
    expect(two.reading).toBeGreaterThan(one.reading);
    expect(three.reading).toBeGreaterThan(two.reading);
  });

  test("S6: an event leaves after its access is recorded; one passed over writes nothing", async () => {
    // Nobody else's: what earlier tests have begun to read is recorded too.
    const stream = arrests(undefined, headers("Bearer sue"));
    await stream.next();
    const [secret, open] = [event(), event()];
    stage.hidden.add(secret.key);
    stage.recordFailures = 2;
    await record(stage.database, secret);
    await record(stage.database, open);
    const told = (await stream.next()).data?.["arrests"] as { id: string };
    expect(stage.recordFailures).toBe(0);
    expect(stage.accesses.filter(({ reader }) => reader.subject === "sue")).toEqual([
      expect.objectContaining({
        reader: expect.objectContaining({ purpose: "case-work" }) as unknown,
        fields: ["Arrest.key", "Arrest.reading", "Subscription.arrests"],
        records: [{ type: "Arrest", id: told.id, representation: null, provenance: null }],
        outcome: "answered",
      }),
    ]);
  });

  test.each([
    ["rubbish", "CURSOR_MALFORMED"],
    [Buffer.concat([Buffer.of(1), Buffer.alloc(24)]).toString("base64url"), "CURSOR_FOREIGN"],
  ])("S7: the cursor %s ends the stream with %s", async (cursor, code) => {
    expect(codesOf(await arrests(cursor).end())).toEqual([code]);
  });

  test("S7: a cursor older than what is kept ends the stream with the oldest there is", async () => {
    const stream = arrests();
    const { extensions } = await stream.next();
    await record(stage.database, event());
    // The feed itself has passed it, and goes on.
    await stream.next();
    await stage.database.query(
      `UPDATE outbox.floor SET (epoch, xid, position) =
         (SELECT epoch, xid, position FROM outbox.event ORDER BY epoch DESC, xid DESC, position DESC LIMIT 1)`,
    );
    const [error] = (await arrests(extensions.cursor).end()) as { extensions: Record<string, string> }[];
    expect(error?.extensions).toEqual({ code: "CURSOR_EXPIRED", oldest: expect.any(String) as string });
    expect((await arrests(error?.extensions["oldest"]).next()).extensions.live).toBe(true);
  });

  test("S8: a stream ends with TOKEN_EXPIRED when its token does, and others do not", async () => {
    const brief = arrests(undefined, headers("Bearer ann 300"));
    const lasting = arrests();
    expect(codesOf(await brief.end())).toEqual(["TOKEN_EXPIRED"]);
    await lasting.next();
    const one = event();
    await record(stage.database, one);
    expect((await lasting.next()).data).toMatchObject({ arrests: { key: one.key } });
  });

  test("S8: a stream that the hub completes is read no more, and its subscription is gone", async () => {
    const stream = arrests();
    await stream.next();
    stream.stop();
    const other = arrests();
    await other.next();
    const before = stage.accesses.length;
    await record(stage.database, event());
    await other.next();
    expect(stage.accesses.length - before).toBe(1);
  });
});
