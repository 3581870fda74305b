import type { Client } from "graphql-ws";
import { createClient as createEventClient } from "graphql-sse";
import { decodeJwt } from "jose";
import { createGuard, type Guard } from "./guard";
import { Stage, until, type Received } from "./stage";

const ARREST = "subscription ($after: Cursor) { arrests(after: $after) { id note person { name } } }";
const PURPOSE = { "x-ipvi-purpose": "alert-response" };

const idsOf = ({ payloads }: Received) =>
  payloads.flatMap(({ data }) => (data ? [(data as { arrests: { id: string } }).arrests.id] : []));

describe("subscriptions of callers", () => {
  let stage: Stage;
  let guard: Guard;
  beforeEach(async () => {
    stage = new Stage();
    guard = await createGuard(stage.folder);
    await stage.open({ access: guard.access });
  });
  afterEach(() => stage.close());

  const clientOf = (token: string): Client =>
    stage.client({ connectionParams: { authorization: `Bearer ${token}`, ...PURPOSE } });
  async function subscribeAs(subject: string, role = "advocate", after?: string): Promise<Received> {
    const token = await guard.token(subject, role);
    return stage.subscribe(ARREST, after === undefined ? {} : { after }, clientOf(token));
  }

  test("those of one audience share one stream; another role has its own, with what that role may see", async () => {
    const advocates = await Promise.all(["ann", "bea", "cat"].map((one) => subscribeAs(one)));
    const detective = await subscribeAs("dan", "detective");
    await until("all watch", () => stage.arrests.watching.size === 4);
    await until("two streams are read", () => stage.arrests.running.size === 2);
    await stage.arrests.arrest("a1");
    await until("all have it", () => [...advocates, detective].every((one) => idsOf(one).includes("a1")));
    expect(stage.names.requests).toBe(2);
    for (const one of advocates) {
      expect(one.payloads[0]!.errors).toMatchObject([
        { path: ["arrests", "note"], extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } },
      ]);
    }
    expect(detective.payloads[0]!.errors).toBeUndefined();
    // The agency was never asked for it with an advocate's token.
    const asked = stage.arrests.subscribed.filter(({ payload }) => payload.query.includes("note"));
    expect(asked.length).toBeGreaterThan(0);
    expect(
      asked.map(({ payload }) => decodeJwt(payload.extensions!.headers!["authorization"]!.slice(7)).sub),
    ).toEqual(asked.map(() => "dan"));
  });

  test("a subscription whose root field the role may not see is refused, and the agency never asked", async () => {
    const token = await guard.token("ann");
    const ann = stage.subscribe("subscription { secret { id } }", {}, clientOf(token));
    await until("it ends", () => ann.ended !== "open");
    expect(ann.ended).toMatchObject({ errors: [{ extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } }] });
    expect(stage.arrests.subscribed).toEqual([]);
  });

  test.each(["arrests", "names"] as const)(
    "who reads for others and sees more from now on tells them nothing of it: %s are read with other eyes, and nobody's stream ends",
    async (agency) => {
      const annToken = await guard.token("ann");
      const ann = stage.subscribe(ARREST, {}, clientOf(annToken));
      const bea = await subscribeAs("bea");
      await until(
        "one stream for both, read by ann",
        () => stage.arrests.watching.size === 2 && stage.arrests.running.size === 1,
      );
      await stage.arrests.arrest("a1");
      await until("both have it", () => [ann, bea].every((one) => idsOf(one).length === 1));
      let refused = 0;
      const { headers } = [...stage.arrests.running][0]!;
      stage[agency].hasMoved = ({ authorization }) => {
        const isReader = authorization === headers["authorization"];
        if (isReader) refused += 1;
        return isReader;
      };
      await stage.arrests.arrest("a2");
      await stage.arrests.arrest("a3");
      await until("both have the next", () => [ann, bea].every((one) => idsOf(one).length === 3));
      expect(refused).toBeGreaterThan(0);
      for (const one of [ann, bea]) {
        expect(idsOf(one)).toEqual(["a1", "a2", "a3"]);
        expect(one.ended).toBe("open");
        expect(JSON.stringify(one.payloads)).not.toMatch(/AUDIENCE_CHANGED|"name":null/);
      }
    },
  );

  test("S16: the token of who reads for others expires while an event is completed: they have it whole, he goes on from before it", async () => {
    const tokens = { ann: await guard.token("ann"), bea: await guard.token("bea") };
    const [ann, bea] = [tokens.ann, tokens.bea].map((one) => stage.subscribe(ARREST, {}, clientOf(one)));
    await until(
      "one stream for both",
      () => stage.arrests.watching.size === 2 && stage.arrests.running.size === 1,
    );
    await stage.arrests.arrest("a1");
    await until("both have it", () => [ann!, bea!].every((one) => idsOf(one).length === 1));
    const { authorization } = [...stage.arrests.running][0]!.headers;
    const [reader, other] = authorization === `Bearer ${tokens.ann}` ? [ann!, bea!] : [bea!, ann!];
    stage.names.hasExpired = (headers) => headers["authorization"] === authorization;
    await stage.arrests.arrest("a2");
    await until("the other has it", () => idsOf(other).length === 2);
    expect(other.payloads[1]!.data).toMatchObject({
      arrests: { id: "a2", person: { name: "name of p-a2" } },
    });
    expect(other.ended).toBe("open");
    await until("the reader has been told", () => reader.ended !== "open");
    expect(idsOf(reader)).toEqual(["a1"]);
    expect(reader.ended).toMatchObject({ errors: [{ extensions: { code: "TOKEN_EXPIRED", cursor: "c0" } }] });
  });

  test("when somebody's audience changes, the stream goes on with that person's own eyes, without a gap", async () => {
    const annToken = await guard.token("ann");
    const ann = stage.subscribe(ARREST, {}, clientOf(annToken));
    const bea = await subscribeAs("bea");
    await until(
      "one stream for both",
      () => stage.arrests.watching.size === 2 && stage.arrests.running.size === 1,
    );
    await stage.arrests.arrest("a1");
    await until("both have it", () => [ann, bea].every((one) => idsOf(one).length === 1));
    stage.arrests.audienceOf = ({ authorization }) =>
      authorization === `Bearer ${annToken}` ? "ann" : "everybody";
    stage.arrests.announce();
    await until("two streams", () => stage.arrests.running.size === 2);
    const mine = [...stage.arrests.running].filter(
      ({ headers }) => headers["authorization"] === `Bearer ${annToken}`,
    );
    expect(mine).toHaveLength(1);
    await stage.arrests.arrest("a2");
    await until("both have the next", () => [ann, bea].every((one) => idsOf(one).length === 2));
    expect(idsOf(ann)).toEqual(["a1", "a2"]);
    expect(idsOf(bea)).toEqual(["a1", "a2"]);
  });

  test("who came to see less while the agency was away is told nothing that others still may see", async () => {
    const annToken = await guard.token("ann");
    const bea = await subscribeAs("bea");
    await until("bea reads", () => stage.arrests.running.size === 1);
    const ann = stage.subscribe(ARREST, {}, clientOf(annToken));
    await until("both are watched", () => stage.arrests.watching.size === 2);
    await stage.arrests.arrest("a1");
    await until("both have it, of one stream", () => [ann, bea].every((one) => idsOf(one).length === 1));
    expect(stage.arrests.running.size).toBe(1);
    stage.arrests.isDown = true;
    stage.arrests.breakConnections();
    await until("it is away", () => stage.arrests.watching.size === 0);
    const isAnn = (headers: Record<string, string>) => headers["authorization"] === `Bearer ${annToken}`;
    stage.arrests.audienceOf = (headers) => (isAnn(headers) ? "ann" : "everybody");
    stage.arrests.hides = (headers, id) => isAnn(headers) && id === "a2";
    await stage.arrests.arrest("a2");
    await stage.arrests.arrest("a3");
    stage.arrests.isDown = false;
    await until("both go on", () => [ann, bea].every((one) => idsOf(one).includes("a3")));
    expect(idsOf(bea)).toEqual(["a1", "a2", "a3"]);
    expect(idsOf(ann)).toEqual(["a1", "a3"]);
    for (const { payloads } of [ann, bea]) {
      expect(JSON.stringify(payloads).split("FEED_INTERRUPTED")).toHaveLength(2);
    }
  });

  test.each([
    ["no token", {}, "TOKEN_MISSING"],
    ["a wrong token", { authorization: "Bearer x.y.z" }, "TOKEN_MALFORMED"],
  ])("%s: the socket is closed with 4401 and the reason", async (_what, presented, reason) => {
    const closed = await new Promise<{ code: number; reason: string }>((resolve) => {
      const client = stage.client({
        connectionParams: { ...presented, ...PURPOSE },
        on: { closed: (event) => resolve(event as { code: number; reason: string }) },
      });
      stage.subscribe(ARREST, {}, client);
    });
    expect(closed).toMatchObject({ code: 4401, reason });
  });

  test("no purpose: 4401 says so", async () => {
    const token = await guard.token("ann");
    const ann = stage.subscribe(
      ARREST,
      {},
      stage.client({ connectionParams: { authorization: `Bearer ${token}` } }),
    );
    await until("it is closed", () => ann.ended !== "open");
    expect(ann.ended).toEqual({ code: 4401 });
  });

  test("the token expires: the socket is closed with 4401, unless a ping has renewed it", async () => {
    const short = await guard.token("ann", "advocate", 2);
    const renewed = await guard.token("bea", "advocate", 2);
    const ann = stage.subscribe(ARREST, {}, clientOf(short));
    const long = await guard.token("bea");
    let ponged = false;
    const beaClient = stage.client({
      connectionParams: { authorization: `Bearer ${renewed}`, ...PURPOSE },
      on: {
        connected: (socket) =>
          (socket as WebSocket).send(
            JSON.stringify({ type: "ping", payload: { authorization: `Bearer ${long}` } }),
          ),
        pong: () => {
          ponged = true;
        },
      },
    });
    const bea = stage.subscribe(ARREST, {}, beaClient);
    await until("the ping is answered", () => ponged);
    await until("the one is closed", () => ann.ended !== "open");
    expect(ann.ended).toEqual({ code: 4401 });
    await stage.arrests.arrest("later");
    await until("the other goes on", () => idsOf(bea).length === 1);
    expect(bea.ended).toBe("open");
  });

  test("a ping cannot make another caller of a socket", async () => {
    const token = await guard.token("ann");
    const other = await guard.token("dan", "detective");
    const client = stage.client({
      connectionParams: { authorization: `Bearer ${token}`, ...PURPOSE },
      on: {
        connected: (socket) =>
          (socket as WebSocket).send(
            JSON.stringify({ type: "ping", payload: { authorization: `Bearer ${other}` } }),
          ),
      },
    });
    const ann = stage.subscribe(ARREST, {}, client);
    await until("it is closed", () => ann.ended !== "open");
    expect(ann.ended).toEqual({ code: 4401 });
  });

  test("S19: nobody has more sockets than streams; one that is closed makes room, and others have theirs", async () => {
    const few = new Stage();
    try {
      await few.open({ access: guard.access, streamLimits: { perPerson: 2, perAgency: 10 } });
      const connect = async (subject: string) => {
        const connectionParams = { authorization: `Bearer ${await guard.token(subject)}`, ...PURPOSE };
        const closings: { code: number; reason: string }[] = [];
        let isIn = false;
        const client = few.client({
          connectionParams,
          lazy: false,
          onNonLazyError: () => undefined,
          on: {
            connected: () => (isIn = true),
            closed: (event) => closings.push(event as { code: number; reason: string }),
          },
        });
        await until("it is in, or not", () => isIn || closings.length > 0);
        return { client, closings };
      };
      const [first] = [await connect("ann"), await connect("ann")];
      expect((await connect("ann")).closings).toMatchObject([{ code: 4403, reason: "TOO_MANY_SOCKETS" }]);
      expect((await connect("bea")).closings).toEqual([]);
      await first.client.dispose();
      await until("it has left", () => first.closings.length === 1);
      expect((await connect("ann")).closings).toEqual([]);
    } finally {
      await few.close();
    }
  });

  test("server-sent events: the same stream, resumed after a cursor, ended when the token expires", async () => {
    for (const id of ["a0", "a1"]) await stage.arrests.arrest(id);
    const events = createEventClient({
      url: stage.gateway.url,
      headers: { authorization: `Bearer ${await guard.token("ann", "advocate", 3)}`, ...PURPOSE },
      retryAttempts: 0,
    });
    const received: unknown[] = [];
    let isOver = false;
    events.subscribe(
      { query: ARREST, variables: { after: "c0" } },
      {
        next: (payload) => received.push(payload),
        error: () => (isOver = true),
        complete: () => (isOver = true),
      },
    );
    await until("what was missed", () => received.length === 1);
    await stage.arrests.arrest("a2");
    await until("what is new", () => received.length === 2);
    await until("it ends", () => isOver);
    expect(received).toMatchObject([
      { data: { arrests: { id: "a1", person: { name: "name of p-a1" } } }, extensions: { cursor: "c1" } },
      { data: { arrests: { id: "a2" } } },
      { errors: [{ extensions: { code: "TOKEN_EXPIRED", cursor: "c2" } }] },
    ]);
  });

  test("server-sent events without a token are refused as any request is", async () => {
    const response = await fetch(stage.gateway.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query: ARREST }),
    });
    expect([response.status, await response.text()]).toEqual([401, expect.stringContaining("TOKEN_MISSING")]);
  });
});
