import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { type Door, openDoor } from "../postgres/door.fixture";
import { createInProcessBus } from "../wakeup/in-process-bus";
import { createFeed, type Feed, type FeedOptions } from "./feed";
import { openOutbox, type Outbox, type OutboxEvent } from "./outbox";
import { sortKeyOf } from "./place";
import type { FeedItem, LiveMark } from "./subscription";
import { OutboxError } from "./outbox-error";
import { begin, event, OUTBOX_ONLY, openDatabase, record, rollback, settled } from "./outbox.fixture";

/** So long that nothing in a test comes of it. */
const NEVER = 3_600_000;

let place: TestDatabase;
let database: DataSource;
let statements = 0;
/** As it is, and as most tests read it. */
let held: Outbox;
let outbox: Outbox;
let feeds: Feed[] = [];
const bus = createInProcessBus();

beforeAll(async () => {
  place = await createTestDatabase(OUTBOX_ONLY);
  database = await openDatabase(place.url);
  held = openOutbox({
    query: <Row>(statement: string, parameters?: unknown[]) => {
      statements += 1;
      return database.query<Row[]>(statement, parameters);
    },
  });
  outbox = { ...held, ...settled(held) };
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});
afterEach(async () => {
  await Promise.all(feeds.map((feed) => feed.close()));
  feeds = [];
});

async function open(over: Partial<FeedOptions> = {}): Promise<Feed> {
  const feed = await createFeed({ outbox, bus, onNotice: () => undefined, pollMs: NEVER, ...over });
  feeds.push(feed);
  return feed;
}

async function write(count: number, topic = "arrest"): Promise<string[]> {
  const keys = Array.from({ length: count }, () => randomUUID());
  for (const key of keys) await record(database, event({ key, topic }));
  bus.publish("outbox");
  return keys;
}

/** Of each subscription: what came with others and has not been asked for yet. */
const leftOver = new WeakMap<object, OutboxEvent[]>();

async function take(events: AsyncIterator<FeedItem, void>, count: number): Promise<OutboxEvent[]> {
  const taken = leftOver.get(events) ?? [];
  while (taken.length < count) {
    const next = await events.next();
    if (next.done === true) throw new Error("The events ended.");
    if (next.value.live !== true) taken.push(...next.value.events);
  }
  leftOver.set(events, taken.slice(count));
  return taken.slice(0, count);
}
const keysOf = (events: readonly OutboxEvent[]) => events.map(({ key }) => key);

describe("E10: each event after the cursor exactly once, in order", () => {
  test("without a cursor: what is committed from now on", async () => {
    const feed = await open();
    const first = feed.subscribe({ topics: null });
    const keys = await write(2);
    expect(keysOf(await take(first, 2))).toEqual(keys);
    const second = feed.subscribe({ topics: null });
    const more = await write(3);
    expect(keysOf(await take(first, 3))).toEqual(more);
    expect(keysOf(await take(second, 3))).toEqual(more);
  });

  test("with a cursor: from the table in pages, then live, with nothing missing or twice between", async () => {
    const feed = await open({ pageSize: 3 });
    const start = await outbox.head();
    const before = await write(10);
    const events = feed.subscribe({ after: start, topics: null });
    const first = await take(events, 4);
    const between = await write(4);
    const next = await take(events, 10);
    const live = await write(3);
    const all = [...first, ...next, ...(await take(events, 3))];
    expect(keysOf(all)).toEqual([...before, ...between, ...live]);
    const again = feed.subscribe({ after: all[11]!.cursor, topics: null });
    expect((await take(again, 5)).map(({ id }) => id)).toEqual(all.slice(12).map(({ id }) => id));
  });

  test("one mark tells where the past ends, and where to go on from there", async () => {
    const feed = await open({ pageSize: 2 });
    const start = await outbox.head();
    const past = await write(3);
    const events = feed.subscribe({ after: start, topics: null });
    const items: (OutboxEvent | LiveMark)[] = [];
    const read = (async () => {
      for await (const item of events) {
        items.push(...(item.live ? [item] : item.events));
        if (items.length === 6) break;
      }
    })();
    while (!items.some((item) => "live" in item)) await sleep(5);
    const fresh = await write(2);
    await read;
    const [, , , mark] = items;
    expect(items.map((item) => ("live" in item ? "live" : item.key))).toEqual([...past, "live", ...fresh]);
    const again = feed.subscribe({ after: mark!.cursor, topics: null });
    expect(keysOf(await take(again, 2))).toEqual(fresh);
    const keys = items.map(({ place: at }) => sortKeyOf(at));
    expect(keys.toSorted()).toEqual(keys);
  });

  /** The outbox, with the reads of some held at a gate: of the tail, which asks for all topics, or of all others. */
  function gated(whose: "tail" | "others") {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let waiting = 0;
    const readAfter: Outbox["readAfter"] = async (after, wanted) => {
      const page = await outbox.readAfter(after, wanted);
      if ((wanted.topics === null) === (whose === "tail")) {
        waiting += 1;
        await gate;
      }
      return page;
    };
    return { outbox: { ...outbox, readAfter }, open: () => open(), waiting: () => waiting };
  }

  test("what the tail passed while he was still reading the past is not lost", async () => {
    const slow = gated("others");
    const feed = await open({ outbox: slow.outbox });
    const start = await outbox.head();
    const live = feed.subscribe({ topics: null });
    const behind = feed.subscribe({ after: start, topics: ["arrest"] });
    const taken = take(behind, 2);
    while (slow.waiting() === 0) await sleep(5);
    const missed = await write(1);
    await take(live, 1);
    slow.open();
    while (slow.waiting() < 2) await sleep(5);
    const fresh = await write(1);
    expect(keysOf(await taken)).toEqual([...missed, ...fresh]);
  });

  test("what he read before the tail came to it is not given twice", async () => {
    const slow = gated("tail");
    const feed = await open({ outbox: slow.outbox });
    const start = await outbox.head();
    while (slow.waiting() === 0) await sleep(5);
    const first = await write(2);
    const events = feed.subscribe({ after: start, topics: null });
    const early = feed.subscribe({ after: start, topics: ["arrest"] });
    expect(keysOf(await take(early, 2))).toEqual(first);
    expect((await early.next()).value).toMatchObject({ live: true });
    slow.open();
    expect(keysOf(await take(events, 2))).toEqual(first);
    const fresh = await write(1);
    expect(keysOf(await take(early, 1))).toEqual(fresh);
  });

  test("what is at hand is given together, in order, and never more than can be read at one time", async () => {
    const feed = await open({ pageSize: 50 });
    const start = await outbox.head();
    const past = await write(70);
    const events = feed.subscribe({ after: start, topics: null });
    const stretches: (readonly OutboxEvent[])[] = [];
    while (stretches.flat().length < 70) {
      const { value } = await events.next();
      if (value && !value.live) stretches.push(value.events);
    }
    expect(keysOf(stretches.flat())).toEqual(past);
    expect(stretches.map(({ length }) => length)).toEqual([32, 18, 20]);
  });

  test("only the topics asked for, behind and live", async () => {
    const feed = await open();
    const start = await outbox.head();
    await write(2, "order");
    const [behind] = await write(1, "level");
    const events = feed.subscribe({ after: start, topics: ["level", "custody"] });
    expect(keysOf(await take(events, 1))).toEqual([behind]);
    await write(2, "order");
    const [live] = await write(1, "custody");
    expect(keysOf(await take(events, 1))).toEqual([live]);
  });

  test("a cursor that is refused is refused at the first event", async () => {
    const feed = await open();
    const events = feed.subscribe({ after: "nonsense", topics: null });
    await expect(events.next()).rejects.toMatchObject({ code: "CURSOR_MALFORMED" });
    expect((await events.next()).done).toBe(true);
  });
});

describe("E11: one reader for all", () => {
  test("a thousand subscribers cost the statements of one", async () => {
    const feed = await open();
    const subscribers = Array.from({ length: 1_000 }, () => feed.subscribe({ topics: null }));
    await write(1);
    await Promise.all(subscribers.map((events) => take(events, 1)));
    const before = statements;
    const keys = await write(20);
    const taken = await Promise.all(subscribers.map((events) => take(events, 20)));
    for (const events of taken) expect(keysOf(events)).toEqual(keys);
    // One, unless the server itself was at work in this database, and the tail looked again when it had ended.
    expect(statements - before).toBeGreaterThan(0);
    expect(statements - before).toBeLessThan(20);
  });

  test("subscribers who leave are forgotten, whether or not they ever asked", async () => {
    const feed = await open({ capacity: 1 });
    const abort = new AbortController();
    const left = feed.subscribe({ topics: null, signal: abort.signal });
    const returned = feed.subscribe({ topics: null });
    expect((await left.next()).value).toMatchObject({ live: true });
    const waiting = left.next();
    abort.abort();
    await returned.return!();
    expect((await waiting).done).toBe(true);
    expect((await returned.next()).done).toBe(true);
    const late = feed.subscribe({ topics: null, signal: abort.signal });
    expect((await late.next()).done).toBe(true);
  });

  test("who leaves while he waits is let go at once, and the end of the feed ends all", async () => {
    const feed = await open();
    const [one, other] = [feed.subscribe({ topics: null }), feed.subscribe({ topics: null })];
    await Promise.all([one.next(), other.next()]);
    const [oneWaits, otherWaits] = [one.next(), other.next()];
    await one.return!();
    expect((await oneWaits).done).toBe(true);
    await feed.close();
    expect((await otherWaits).done).toBe(true);
  });
});

describe("E12: wake-ups and the database may go", () => {
  test("without any wake-up events come by looking", async () => {
    const deaf = createInProcessBus();
    const feed = await open({ bus: deaf, pollMs: 20 });
    const events = feed.subscribe({ topics: null });
    const keys = await write(2);
    expect(keysOf(await take(events, 2))).toEqual(keys);
  });

  test("what another transaction held back comes when it ends, though it wakes nobody", async () => {
    const feed = await open({ outbox: { ...held, head: () => outbox.head() } });
    const events = feed.subscribe({ topics: null });
    const other = await begin(database);
    const keys = await write(1);
    const coming = take(events, 1);
    const before = statements;
    while (statements < before + 3) await sleep(5);
    await rollback(other);
    expect(keysOf(await coming)).toEqual(keys);
  });

  describe("the database gone", () => {
    let door: Door;
    let behindDoor: DataSource;
    beforeEach(async () => {
      door = await openDoor(place.url);
      behindDoor = await openDatabase(door.url, 2);
    });
    afterEach(async () => {
      await Promise.all(feeds.map((feed) => feed.close()));
      await behindDoor.destroy();
      await door.close();
    });

    test("subscribers wait, it is told once, and they go on without loss", async () => {
      const notices: string[] = [];
      const feed = await open({
        outbox: openOutbox(behindDoor),
        pollMs: 20,
        onNotice: (what) => notices.push(what),
      });
      const start = await outbox.head();
      const live = feed.subscribe({ topics: null });
      const [known] = await write(1);
      await take(live, 1);
      door.shut();
      while (notices.length === 0) await sleep(5);
      const behind = feed.subscribe({ after: start, topics: null });
      const first = take(behind, 4);
      const keys = await write(3);
      await door.reopen();
      expect(keysOf(await take(live, 3))).toEqual(keys);
      expect(keysOf(await first)).toEqual([known, ...keys]);
      expect(notices).toEqual(["lost", "back"]);
    });
  });

  test("an outbox that is no longer the one it was ends its subscribers with the reason", async () => {
    const refusal = new OutboxError("CURSOR_FOREIGN", "go on here");
    let refuse = false;
    const feed = await open({
      outbox: {
        ...outbox,
        readAfter: (...asked) => (refuse ? Promise.reject(refusal) : outbox.readAfter(...asked)),
      },
    });
    const events = feed.subscribe({ topics: null });
    await events.next();
    const next = events.next();
    refuse = true;
    bus.publish("outbox");
    await expect(next).rejects.toBe(refusal);
    refuse = false;
    const after = feed.subscribe({ topics: null });
    const keys = await write(1);
    expect(keysOf(await take(after, 1))).toEqual(keys);
  });
});

test("E12: who comes in while the feed asks where to go on is ended too, and misses nothing in between", async () => {
  const refusal = new OutboxError("CURSOR_FOREIGN", "go on here");
  let refuse = false;
  let asked = false;
  let answer: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (answer = resolve));
  const feed = await open({
    outbox: {
      ...outbox,
      readAfter: (...wanted) => (refuse && !asked ? Promise.reject(refusal) : outbox.readAfter(...wanted)),
      async head() {
        if (refuse) {
          asked = true;
          await gate;
        }
        return outbox.head();
      },
    },
  });
  refuse = true;
  bus.publish("outbox");
  while (!asked) await sleep(5);
  const between = feed.subscribe({ topics: null });
  await between.next();
  const next = between.next();
  await write(1);
  answer();
  await expect(next).rejects.toBe(refusal);
});

describe("E13: who is too slow is cut off", () => {
  test("with the cursor of the last event he took, from which nothing is missing; others go on", async () => {
    const feed = await open({ capacity: 5 });
    const [slow, quick] = [feed.subscribe({ topics: null }), feed.subscribe({ topics: null })];
    const keys = [...(await write(3))];
    expect(keysOf(await take(slow, 3))).toEqual(keys);
    expect(keysOf(await take(quick, 3))).toEqual(keys);
    for (let round = 0; round < 2; round += 1) {
      const more = await write(4);
      keys.push(...more);
      expect(keysOf(await take(quick, 4))).toEqual(more);
    }
    const cut = (await take(slow, 1).catch((error: unknown) => error)) as OutboxError;
    expect(cut).toMatchObject({ code: "SLOW_CONSUMER" });
    const again = feed.subscribe({ after: cut.cursor!, topics: null });
    expect(keysOf(await take(again, keys.length - 3))).toEqual(keys.slice(3));
  });

  test("who took nothing yet goes on from where he came in", async () => {
    const feed = await open({ capacity: 1 });
    const [slow, quick] = [feed.subscribe({ topics: null }), feed.subscribe({ topics: null })];
    const keys: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      keys.push(...(await write(1)));
      await take(quick, 1);
    }
    const cut = (await take(slow, 1).catch((error: unknown) => error)) as OutboxError;
    const again = feed.subscribe({ after: cut.cursor!, topics: null });
    expect(keysOf(await take(again, 2))).toEqual(keys);
  });
});
