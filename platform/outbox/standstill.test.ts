import { setTimeout as sleep } from "node:timers/promises";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openDoor, type Door } from "../postgres/door.fixture";
import { createInProcessBus } from "../wakeup/in-process-bus";
import { createFeed, type Feed } from "./feed";
import { openOutbox, type Outbox } from "./outbox";
import { OUTBOX_ONLY, event, openDatabase, record, settled } from "./outbox.fixture";
import type { FeedItem, Wanted } from "./subscription";

let place: TestDatabase;
let database: DataSource;
let outbox: Outbox;
let door: Door;
let behindDoor: DataSource;
let feed: Feed;
let notices: string[];
beforeEach(async () => {
  place = await createTestDatabase(OUTBOX_ONLY);
  database = await openDatabase(place.url);
  outbox = openOutbox(database);
  door = await openDoor(place.url);
  behindDoor = await openDatabase(door.url, 4);
  notices = [];
  feed = await createFeed({
    ...{ outbox: openOutbox(behindDoor), bus: createInProcessBus(), pollMs: 20 },
    onNotice: (what) => notices.push(what),
  });
});
afterEach(async () => {
  await feed?.close();
  await behindDoor?.destroy();
  await door?.close();
  await database?.destroy();
  await place?.drop();
});

async function write(): Promise<string> {
  const one = event();
  await record(database, one);
  return one.key;
}
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(2);
}
async function lose(): Promise<void> {
  door.shut();
  await until(() => notices.at(-1) === "lost");
}

const MARKS = ["stands still", "live"];
const wordsOf = (item: FeedItem): readonly string[] =>
  item.live ? ["live"] : item.standsStill ? ["stands still"] : item.events.map(({ key }) => key);

/** What a subscriber is given, in a word each: a mark or an event's key; and the cursor of the last live mark. */
function listen(wanted: Partial<Wanted> = {}) {
  const heard: string[] = [];
  const told = { heard, cursor: "" };
  void (async () => {
    for await (const item of feed.subscribe({ topics: null, ...wanted })) {
      if (item.live) told.cursor = item.cursor;
      heard.push(...wordsOf(item));
    }
  })();
  return told;
}
/** The live mark and the event that is there when the database is back come in either order. */
const isAfter = (told: { heard: string[] }, before: readonly string[], next: readonly string[]) => {
  expect(told.heard.slice(0, before.length)).toEqual(before);
  expect(told.heard.slice(before.length).toSorted()).toEqual(next.toSorted());
};

test("E20: who is up to date is told once that it stands still and once where it goes on, each time, and misses nothing", async () => {
  const one = listen();
  await until(() => one.heard.length === 1);
  const first = await write();
  await until(() => one.heard.length === 2);
  for (let times = 0; times < 2; times += 1) {
    const before = [...one.heard];
    await lose();
    await until(() => one.heard.length > before.length);
    const missed = await write();
    await door.reopen();
    await until(() => one.heard.length === before.length + 3);
    isAfter(one, [...before, "stands still"], ["live", missed]);
  }
  expect(one.heard.slice(0, 2)).toEqual(["live", first]);
  expect(notices).toEqual(["lost", "back", "lost", "back"]);
  const again = listen({ after: one.cursor });
  const last = await write();
  await until(() => again.heard.includes(last));
  expect(again.heard.filter((word) => word === last)).toHaveLength(1);
});

test("E20: who comes while it stands still is told so once, is given the past when it goes on, and only then the mark where it ends", async () => {
  const start = await settled(outbox).head();
  const past = [await write(), await write()];
  await lose();
  const behind = listen({ after: start });
  const now = listen();
  await until(() => behind.heard.length + now.heard.length === 2);
  const missed = await write();
  await door.reopen();
  await until(() => behind.heard.includes("live") && now.heard.includes("live"));
  const last = await write();
  await until(() => [behind, now].every(({ heard }) => heard.includes(last)));
  expect(behind.heard.filter((word) => word !== "live")).toEqual(["stands still", ...past, missed, last]);
  expect(now.heard.filter((word) => word === "stands still")).toHaveLength(1);
  expect([behind, now].map(({ heard }) => heard.filter((word) => word === "live"))).toEqual([
    ["live"],
    ["live"],
  ]);
  expect(now.heard.indexOf("stands still")).toBe(0);
});

test("E20: who reads the past when it begins to stand still is told so, and goes on where he was", async () => {
  const start = await settled(outbox).head();
  const events = feed.subscribe({ after: start, topics: null });
  const keys: string[] = [];
  for (let one = 0; one < 40; one += 1) keys.push(await write());
  const heard: string[] = [];
  /** Takes what comes next; answers whether it was events. */
  async function take(): Promise<boolean> {
    const { value } = await events.next();
    const words = value ? wordsOf(value) : [];
    heard.push(...words);
    return !words.some((word) => MARKS.includes(word));
  }
  await take();
  expect(heard).not.toHaveLength(keys.length);
  await lose();
  while (await take());
  await door.reopen();
  while (await take());
  expect(heard).toEqual([...keys, ...MARKS]);
  await events.return?.();
});

test("E20: who finds the database back before the feed does is not told again that it stands still", async () => {
  let away = false;
  let tailMayRead: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (tailMayRead = resolve));
  let looks = 0;
  const bus = createInProcessBus();
  const lost: string[] = [];
  const other = await createFeed({
    outbox: {
      ...outbox,
      // The tail asks for all topics.
      async readAfter(after, wanted) {
        if (wanted.topics === null && away) {
          looks += 1;
          if (looks > 1) await gate;
          else throw new Error("The database is away.");
        }
        return outbox.readAfter(after, wanted);
      },
    },
    ...{ bus, onNotice: (what: string) => lost.push(what), pollMs: 3_600_000 },
  });
  const start = await settled(outbox).head();
  const key = await write();
  away = true;
  bus.publish("outbox");
  await until(() => lost.length === 1);
  const heard: string[] = [];
  const over = new AbortController();
  const reading = (async () => {
    for await (const item of other.subscribe({ after: start, topics: ["arrest"], signal: over.signal })) {
      heard.push(...wordsOf(item));
    }
  })();
  await until(() => looks > 1 && heard.length > 0);
  tailMayRead();
  await until(() => heard.includes("live"));
  expect(heard).toEqual([key, "live"]);
  over.abort();
  await reading;
  await other.close();
});
