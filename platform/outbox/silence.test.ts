import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { OUTBOX_ONLY, event, openDatabase, record } from "./outbox.fixture";
import { openOutbox } from "./outbox";
import { readFeed } from "./feed-reading";
import { FEED_TOPIC } from "./outbox";
import { tellSilence } from "./silence";

const HOUR = 3_600_000;
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

const told = async () =>
  (
    await database.query<{ change: string }[]>(
      "SELECT facts ->> 'change' AS change FROM outbox.event WHERE topic = $1 ORDER BY epoch, xid, position",
      [FEED_TOPIC],
    )
  ).map(({ change }) => change);
/** All that was recorded was recorded so long ago. */
const recordLongAgo = (hours: number) =>
  database.query(
    `INSERT INTO outbox.event (topic, key, facts, occurred_at, recorded_at, provenance)
     VALUES ('arrest', gen_random_uuid(), '{}', now(), now() - $1::double precision * interval '1 hour', 'local')`,
    [hours],
  );

test("E15: a silence is told of once, whoever looks, and once that it is over", async () => {
  await recordLongAgo(25);
  await Promise.all([1, 2, 3].map(() => tellSilence(database, 24 * HOUR)));
  await tellSilence(database, 24 * HOUR);
  expect(await told()).toEqual(["silent"]);
  await record(database, event());
  await Promise.all([1, 2, 3].map(() => tellSilence(database, 24 * HOUR)));
  expect(await told()).toEqual(["silent", "moving"]);
  await tellSilence(database, 24 * HOUR);
  expect(await told()).toEqual(["silent", "moving"]);
});

test("E15: the next silence is told of again; what the feed tells of itself is no sign of life", async () => {
  await recordLongAgo(25);
  await tellSilence(database, 24 * HOUR);
  const { silent } = await readFeed(openOutbox(database), new Date(), 24 * HOUR);
  expect(silent).toBe(true);
  await recordLongAgo(3);
  await tellSilence(database, 24 * HOUR);
  await tellSilence(database, 2 * HOUR);
  expect(await told()).toEqual(["silent", "moving", "silent"]);
});

test("E15: a feed that is not silent, and an outbox that nobody has opened yet, tell nothing", async () => {
  await tellSilence(database, 24 * HOUR);
  await recordLongAgo(23);
  await tellSilence(database, 24 * HOUR);
  expect(await told()).toEqual([]);
});

test("E15: an outbox that never had an event is silent from when it began", async () => {
  await database.query("SELECT outbox.current_epoch()");
  await tellSilence(database, HOUR);
  expect(await told()).toEqual([]);
  await database.query("UPDATE outbox.epoch SET began_at = began_at - interval '2 hours'");
  await tellSilence(database, HOUR);
  expect(await told()).toEqual(["silent"]);
});
