import pino from "pino";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { startFeedClock } from "./feed-clock";
import { openOutbox, type Database } from "./outbox";
import { OUTBOX_ONLY, event, openDatabase, record, settled } from "./outbox.fixture";

const DAY = 86_400_000;
const silent = pino({ level: "silent" });
let place: TestDatabase;
let database: DataSource;
beforeEach(async () => {
  place = await createTestDatabase(OUTBOX_ONLY);
  database = await openDatabase(place.url);
});
afterEach(async () => {
  await database?.destroy();
  await place?.drop();
});

/** Records an event as of some days ago. */
const recordLongAgo = (days: number) =>
  database.query(
    `INSERT INTO outbox.event (topic, key, facts, occurred_at, recorded_at, provenance)
     VALUES ('arrest', gen_random_uuid(), '{}', now(), now() - make_interval(days => $1), 'local')`,
    [days],
  );
const count = async () =>
  (await database.query<{ n: string }[]>("SELECT count(*) AS n FROM outbox.event WHERE topic = 'arrest'"))[0]!
    .n;
const look = (keptFor: number, on: Database = database) =>
  startFeedClock({ database: on, silentAfter: 400 * DAY, keptFor, log: silent }).close();

test("E16: months older than the site keeps are let go of; a cursor into them is refused with the oldest there is, and that one goes on", async () => {
  const outbox = openOutbox(database);
  const ancient = await settled(outbox).head();
  await recordLongAgo(200);
  await recordLongAgo(180);
  const now = event();
  // A month of its own stands between them: the old ones lie where no month was made.
  await record(database, now);
  await look(365 * DAY);
  expect(await count()).toBe("3");
  await look(90 * DAY);
  expect(await count()).toBe("1");
  const refused = await outbox
    .readAfter(ancient, { topics: null, limit: 10 })
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "CURSOR_EXPIRED", cursor: expect.any(String) as string });
  const { events } = await settled(outbox).readAfter((refused as { cursor: string }).cursor, {
    topics: null,
    limit: 10,
  });
  expect(events.map(({ key }) => key)).toEqual([now.key]);
});

test("E16: whoever finds another letting go leaves it to him", async () => {
  await recordLongAgo(200);
  const other = database.createQueryRunner();
  await other.startTransaction();
  await other.query("SELECT pg_advisory_xact_lock(7310003)");
  await look(90 * DAY);
  expect(await count()).toBe("1");
  await other.rollbackTransaction();
  await other.release();
  await look(90 * DAY);
  expect(await count()).toBe("0");
});

test("what fails is said once, tried again, and said to be done again once", async () => {
  const said: string[] = [];
  const log = pino({}, { write: (line: string) => said.push((JSON.parse(line) as { msg: string }).msg) });
  let looks = 0;
  let enough: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => (enough = resolve));
  const failing: Database = {
    query: async (statement: string) => {
      if (statement.includes("expire")) return [];
      looks += 1;
      if (looks === 5) enough();
      if (looks <= 3) throw new Error("not now");
      return [];
    },
  };
  const clock = startFeedClock({ database: failing, silentAfter: 0, keptFor: 0, log, every: 1 });
  await seen;
  await clock.close();
  expect(said).toEqual([
    "telling of the feed's silence: it failed",
    "telling of the feed's silence: done again",
  ]);
});
