import { randomBytes, randomUUID } from "node:crypto";
import { Client } from "pg";
import type { DataSource } from "typeorm";
import { createTestDatabase, testServerUrl, type TestDatabase } from "../../test/setup/databases";
import { databaseUrl, ensureDatabase } from "../postgres/databases";
import { append, appendFrom } from "./append";
import { openOutbox, type Outbox } from "./outbox";
import type { OutboxError } from "./outbox-error";
import {
  begin,
  commit,
  event,
  OUTBOX_ONLY,
  openDatabase,
  record,
  rollback,
  settled,
  untilSomebodyWaits,
} from "./outbox.fixture";

let place: TestDatabase;
let database: DataSource;
let outbox: Outbox;

beforeAll(async () => {
  place = await createTestDatabase(OUTBOX_ONLY);
  database = await openDatabase(place.url);
  outbox = openOutbox(database);
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

const all = { topics: null, limit: 100 };
const keysAfter = async (cursor: string) =>
  (await settled(outbox).readAfter(cursor, all)).events.map(({ key }) => key);
/** In one look, while a transaction of the test holds something back. */
const keysSeenAfter = async (cursor: string) =>
  (await outbox.readAfter(cursor, all)).events.map(({ key }) => key);
const someKeys = (count: number) => Array.from({ length: count }, () => randomUUID());
const code = (code: string) => expect.objectContaining({ code }) as Error;

describe("E4: an event and its fact are committed together or not at all", () => {
  test("nothing is read of a transaction that has not ended, or was rolled back", async () => {
    const start = await settled(outbox).head();
    const [kept, lost] = [event(), event()];
    const one = await begin(database);
    await append(one.manager, [kept]);
    const other = await begin(database);
    await append(other.manager, [lost]);
    expect(await keysSeenAfter(start)).toEqual([]);
    await rollback(other);
    await commit(one);
    const { events, more, held } = await settled(outbox).readAfter(start, all);
    expect(events).toEqual([
      {
        ...kept,
        id: expect.any(String) as string,
        recordedAt: expect.any(Date) as Date,
        cursor: expect.any(String) as string,
        place: expect.anything() as object,
      },
    ]);
    expect({ more, held }).toEqual({ more: false, held: false });
  });

  test("outside a transaction nothing is appended", async () => {
    await expect(append(database.manager, [event()])).rejects.toThrow(/in the transaction that changes/);
  });

  test("what is read outlives a crash: a transaction that appends is committed to disk", async () => {
    const runner = await begin(database);
    await runner.query("SET LOCAL synchronous_commit = off");
    await append(runner.manager, [event()]);
    expect(await runner.query("SHOW synchronous_commit")).toEqual([{ synchronous_commit: "on" }]);
    await rollback(runner);
  });

  test("a set is appended by one statement, and so is one that is empty", async () => {
    const start = await settled(outbox).head();
    const key = randomUUID();
    const select = (rows: number) =>
      appendFrom(`SELECT 'custody' AS topic, '${key}'::uuid AS key, jsonb_build_object('change', 'booked') AS facts,
        timestamptz '2026-01-01' + n * interval '1 day' AS occurred_at, n = 1 AS historic, 'local' AS provenance
        FROM generate_series(${rows}, 1, -1) AS n`);
    await database.query(select(0));
    await database.query(select(3));
    const { events } = await settled(outbox).readAfter(start, all);
    expect(events.map(({ topic, historic }) => ({ topic, historic }))).toEqual([
      { topic: "custody", historic: true },
      { topic: "custody", historic: false },
      { topic: "custody", historic: false },
    ]);
  });
});

describe("E5: events are read without gaps", () => {
  test("one that is committed late is read, though later transactions were committed before it", async () => {
    const start = await settled(outbox).head();
    const [first, second, third] = someKeys(3);
    const early = await begin(database);
    await append(early.manager, [event({ key: first! })]);
    await record(database, event({ key: second! }));
    const waiting = await outbox.readAfter(start, all);
    expect(waiting).toMatchObject({ events: [], held: true });
    await record(database, event({ key: third! }));
    await commit(early);
    const read = await settled(outbox).readAfter(waiting.through, all);
    expect(read.events.map(({ key }) => key).sort()).toEqual([first, second, third].sort());
    while ((await outbox.status()).oldestUnread !== null);
  });

  test("a transaction that writes elsewhere holds them back too, and is told of", async () => {
    const start = await settled(outbox).head();
    const elsewhere = await begin(database);
    const key = randomUUID();
    await record(database, event({ key }));
    expect(await keysSeenAfter(start)).toEqual([]);
    const { oldestUnread, newestRecordedAt } = await outbox.status();
    expect(oldestUnread).toEqual(newestRecordedAt);
    expect(oldestUnread).toBeInstanceOf(Date);
    await rollback(elsewhere);
    expect(await keysAfter(start)).toEqual([key]);
  });

  test("a transaction in another database of the server holds nothing back", async () => {
    const start = await settled(outbox).head();
    const elsewhere = await createTestDatabase(OUTBOX_ONLY);
    const other = await openDatabase(elsewhere.url);
    try {
      const open = await begin(other);
      const key = randomUUID();
      await record(database, event({ key }));
      expect(await keysAfter(start)).toEqual([key]);
      await rollback(open);
    } finally {
      await other.destroy();
      await elsewhere.drop();
    }
  });

  test("pages follow one another, by the last event's cursor or by where the page ended", async () => {
    const start = await settled(outbox).head();
    const keys = someKeys(7);
    for (const key of keys) await record(database, event({ key }));
    const first = await settled(outbox).readAfter(start, { topics: null, limit: 3 });
    expect(first.more).toBe(true);
    const second = await settled(outbox).readAfter(first.events.at(-1)!.cursor, { topics: null, limit: 3 });
    const third = await settled(outbox).readAfter(second.through, { topics: null, limit: 3 });
    expect([first, second, third].flatMap(({ events }) => events.map(({ key }) => key))).toEqual(keys);
    expect(third.more).toBe(false);
  });

  test("who asks for some topics gets those, and goes on behind what he did not ask for", async () => {
    const start = await settled(outbox).head();
    await record(database, event({ topic: "order" }));
    const none = await settled(outbox).readAfter(start, { topics: ["level"], limit: 10 });
    expect(none.events).toEqual([]);
    const level = event({ topic: "level" });
    await record(database, level, event({ topic: "order" }));
    const some = await settled(outbox).readAfter(none.through, { topics: ["level", "arrest"], limit: 10 });
    expect(some.events.map(({ key }) => key)).toEqual([level.key]);
  });

  test("the head stands after all that was committed before", async () => {
    await record(database, event());
    const head = await settled(outbox).head();
    expect(await keysAfter(head)).toEqual([]);
    const key = randomUUID();
    await record(database, event({ key }));
    expect(await keysAfter(head)).toEqual([key]);
  });
});

describe("E6: events of one key are read in the order of their commits", () => {
  const named = (key: string, change: string) => event({ key, facts: { change } });
  const changesAfter = async (cursor: string) =>
    (await settled(outbox).readAfter(cursor, all)).events.map(({ facts }) => facts["change"]);

  test("though the later one's transaction began, and wrote, before the other", async () => {
    const start = await settled(outbox).head();
    const key = randomUUID();
    const early = await begin(database);
    await record(database, named(key, "first"));
    await append(early.manager, [named(key, "second")]);
    await commit(early);
    expect(await changesAfter(start)).toEqual(["first", "second"]);
  });

  test("a second one waits until the first has ended", async () => {
    const start = await settled(outbox).head();
    const key = randomUUID();
    const [one, other] = [await begin(database), await begin(database)];
    await append(other.manager, [named(key, "first")]);
    const waiting = append(one.manager, [named(key, "second")]);
    await untilSomebodyWaits(database);
    await commit(other);
    await waiting;
    await commit(one);
    expect(await changesAfter(start)).toEqual(["first", "second"]);
  });

  test("those of one append stand in the order in which they were given", async () => {
    const start = await settled(outbox).head();
    const keys = someKeys(2);
    const given = ["first", "second", "third"].flatMap((change) => keys.map((key) => named(key, change)));
    await record(database, ...given);
    const { events } = await settled(outbox).readAfter(start, all);
    for (const key of keys) {
      const his = events.filter((one) => one.key === key).map(({ facts }) => facts["change"]);
      expect(his).toEqual(["first", "second", "third"]);
    }
  });

  test("a set meets another set in the same order, so neither locks the other out", async () => {
    const keys = someKeys(200);
    const runs = Array.from({ length: 6 }, (_, run) => (run % 2 === 0 ? keys : keys.toReversed()));
    await Promise.all(runs.map((run) => record(database, ...run.map((key) => event({ key })))));
    expect(
      await database.query("SELECT count(*)::integer FROM outbox.event WHERE key = ANY($1)", [keys]),
    ).toEqual([{ count: 6 * 200 }]);
  });

  test("a transaction that would not see who was there before is refused", async () => {
    const append_ = database.transaction("REPEATABLE READ", (manager) => append(manager, [event()]));
    await expect(append_).rejects.toThrow(/read committed/);
  });
});

describe("E3: a cursor is refused unless this outbox can go on from it", () => {
  test("one that retention has passed, with the oldest that is left", async () => {
    const start = await settled(outbox).head();
    const [old, young] = someKeys(2);
    await database.query(
      `INSERT INTO outbox.event (topic, key, facts, occurred_at, provenance, recorded_at)
       VALUES ('arrest', $1, '{}', now(), 'local', now() - interval '70 days')`,
      [old],
    );
    // Its month begins after the fact in this test alone: it went to the default partition.
    const between = (await settled(outbox).readAfter(start, all)).events[0]!.cursor;
    await database.query("SELECT outbox.expire(now())");
    await record(database, event({ key: young! }));
    const refusal = await outbox.readAfter(start, all).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "CURSOR_EXPIRED", cursor: between });
    expect(await keysAfter(between)).toEqual([young]);
  });

  test("one of another outbox, with the oldest there is", async () => {
    const elsewhere = await createTestDatabase(OUTBOX_ONLY);
    const other = await openDatabase(elsewhere.url);
    try {
      const foreign = await settled(openOutbox(other)).head();
      const key = randomUUID();
      await record(database, event({ key }));
      const refusal = await outbox.readAfter(foreign, all).catch((error: OutboxError) => error);
      expect(refusal).toMatchObject({ code: "CURSOR_FOREIGN" });
      expect((await keysAfter((refusal as OutboxError).cursor!)).at(-1)).toBe(key);
    } finally {
      await other.destroy();
      await elsewhere.drop();
    }
  });

  test("one that names what this outbox has not come to", async () => {
    const { epoch, xid } = await outbox.placeOf(await settled(outbox).head());
    const ahead = await outbox.cursorOf({ epoch, xid: xid + 1_000_000n, position: 1n });
    await expect(outbox.readAfter(ahead, all)).rejects.toThrow(code("CURSOR_FOREIGN"));
  });

  test("one that is none", async () => {
    await expect(outbox.readAfter("cursor", all)).rejects.toThrow(code("CURSOR_MALFORMED"));
  });
});

describe("E7: a database that goes on from a backup goes on with its events", () => {
  /** As a restore elsewhere does: transaction ids begin again, far below those of the rows. */
  const restore = async (runs: number) => {
    const superuser = new Client({ connectionString: place.superuserUrl });
    await superuser.connect();
    await superuser.query(
      "ALTER TABLE outbox.event DISABLE TRIGGER take_place; ALTER TABLE outbox.event DISABLE TRIGGER begin_append",
    );
    await superuser.query(`UPDATE outbox.event SET xid = xid + 1000000000 WHERE epoch = $1`, [runs]);
    await superuser.query(
      "ALTER TABLE outbox.event ENABLE TRIGGER take_place; ALTER TABLE outbox.event ENABLE TRIGGER begin_append",
    );
    await superuser.query("UPDATE outbox.epoch SET fingerprint = 'elsewhere ' || epoch WHERE epoch = $1", [
      runs,
    ]);
    await superuser.end();
  };

  let place: TestDatabase;
  let database: DataSource;
  beforeAll(async () => {
    place = await createTestDatabase(OUTBOX_ONLY);
    database = await openDatabase(place.url);
  });
  afterAll(async () => {
    await database?.destroy();
    await place?.drop();
  });

  test("those from before come first, whatever the transaction ids, and old cursors go on", async () => {
    const outbox = openOutbox(database);
    const keysAfter = async (cursor: string) =>
      (await settled(outbox).readAfter(cursor, all)).events.map(({ key }) => key);
    const start = await settled(outbox).head();
    const keys = someKeys(4);
    await record(database, event({ key: keys[0]! }));
    await record(database, event({ key: keys[1]! }));
    await restore(1);
    await record(database, event({ key: keys[2]! }));
    await restore(2);
    expect(await keysAfter(start)).toEqual(keys.slice(0, 3));
    await record(database, event({ key: keys[3]! }));
    const { events } = await settled(outbox).readAfter(start, all);
    expect(events.map(({ key }) => key)).toEqual(keys);
    for (const [at, { cursor }] of events.entries()) {
      expect(await keysAfter(cursor)).toEqual(keys.slice(at + 1));
    }
  });
});

describe("E8: an event carries identifiers and words alone", () => {
  test.each<[string, object]>([
    ["a name", { name: "Alan Ode" }],
    ["a level", { level: "A" }],
    ["a day", { on: "2026-03-01" }],
    ["an address", { place: "12 elm street" }],
    ["a number", { count: 3 }],
    ["something nested", { who: { id: "made" } }],
    ["a name in a key", { "Alan Ode": "made" }],
  ])("%s is refused", async (_, facts) => {
    const refused = record(database, event({ facts: facts as Record<string, string> }));
    await expect(refused).rejects.toThrow(/violates check constraint/);
  });
});

describe("E2: an event is never changed", () => {
  test("the application's own role appends and reads, keeps months ahead, and can do nothing else", async () => {
    const server = await testServerUrl();
    const name = `outbox_${randomBytes(4).toString("hex")}`;
    const spec = { database: name, role: name, password: name };
    await ensureDatabase(server, spec);
    const url = databaseUrl(server, spec);
    await OUTBOX_ONLY.migrate(url);
    const own = await openDatabase(url, 2);
    try {
      const reader = openOutbox(own);
      const start = await settled(reader).head();
      await record(own, event());
      await reader.makeMonths();
      // He is told nothing of others' transactions, and needs to know no more than where they are.
      const elsewhere = await begin(database);
      expect((await settled(reader).readAfter(start, all)).events).toHaveLength(1);
      await rollback(elsewhere);
      for (const statement of [
        "UPDATE outbox.event SET topic = 'order'",
        "DELETE FROM outbox.event",
        "TRUNCATE outbox.event",
      ]) {
        await expect(own.query(statement)).rejects.toThrow(/permission denied/);
      }
      await reader.expire(new Date(Date.now() + 90 * 86_400_000));
      await expect(reader.readAfter(start, all)).rejects.toThrow(code("CURSOR_EXPIRED"));
    } finally {
      await own.destroy();
      const client = new Client({ connectionString: server });
      await client.connect();
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await client.query(`DROP ROLE ${name}`);
      await client.end();
    }
  });
});
