import type { EventSource } from "../engine/engine";
import type { JsonValue } from "../engine/json";
import { Feed, type FeedListener } from "./feed";
import type { UpstreamListener } from "./upstream";

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
};

describe("a feed", () => {
  let heard: string[];
  let failures: unknown[];
  let agency: UpstreamListener;
  let feed: Feed;
  /** What completing an event comes to. */
  let completing: (id: JsonValue | undefined) => Promise<void>;
  beforeEach(() => {
    heard = [];
    failures = [];
    const source: EventSource = {
      subgraph: "arrests",
      subgraphs: ["arrests"],
      request: { query: "subscription { arrests }", operationName: undefined, variables: {} },
      complete: async (event) => {
        const data = event.kind === "answered" ? event.data : null;
        await completing(data?.["id"]);
        return { data, errors: [] };
      },
    };
    const listener: FeedListener = {
      events: (events) => {
        const ids = events.map(
          ({ payload }) => (JSON.parse(payload.toString()) as { data: { id: string } }).data.id,
        );
        heard.push(ids.join(" with "));
      },
      live: () => heard.push("live"),
      interrupted: () => heard.push("interrupted"),
      ended: ([error]) => heard.push(String(error?.extensions?.["code"])),
    };
    feed = new Feed({
      source,
      open: (_request, _headers, listening) => {
        agency = listening;
        return () => heard.push("closed");
      },
      headers: {},
      after: undefined,
      withheld: () => undefined,
      mayOpen: () => true,
      onFailure: (error) => failures.push(error),
      listener,
    });
  });
  afterEach(() => feed.close());

  function tell(id: string, cursor: string | null = `c-${id}`): void {
    const place = cursor === null ? undefined : { cursor, position: cursor };
    const answer = { kind: "answered" as const, data: { id }, errors: [] };
    agency.event({ answer, place, isLive: false, standsStill: false, audience: undefined });
  }

  test("whose event cannot be completed ends loudly where it stood, and hands nothing on after it", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    completing = async (id) => {
      if (id === "a1") await held;
      if (id === "a2") throw new Error("broken");
    };
    for (const id of ["a1", "a2", "a3"]) tell(id);
    // The second fails while the first is still being completed.
    await new Promise((resolve) => setImmediate(resolve));
    release();
    await until(() => heard.length === 3);
    expect(heard).toEqual(["a1", "closed", "FEED_FAILED"]);
    expect(feed.cursor).toBe("c-a1");
    expect(failures).toEqual([new Error("broken")]);
  });

  test("events that are ready at one time are handed on together, before what follows them", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    completing = async (id) => {
      if (id === "a1") await held;
    };
    for (const id of ["a1", "a2", "a3"]) tell(id);
    agency.event({
      answer: undefined,
      place: { cursor: "c-a3", position: "c-a3" },
      isLive: true,
      standsStill: false,
      audience: undefined,
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([]);
    release();
    await until(() => heard.length === 2);
    expect(heard).toEqual(["a1 with a2 with a3", "live"]);
    expect(feed.cursor).toBe("c-a3");
  });

  test("one without cursors that is faster than its events are completed ends too: there is no place to go on from", async () => {
    completing = () => new Promise(() => undefined);
    for (let n = 0; n < 300; n += 1) tell(`a${n}`, null);
    expect(heard).toEqual(["closed", "FEED_FAILED"]);
  });
});
