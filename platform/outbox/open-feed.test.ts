import pino from "pino";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { createRedisBus } from "../wakeup/redis-bus";
import { hasRedis, startRedis, type RedisServer } from "../wakeup/redis-server.fixture";
import { openAgencyFeed, type AgencyFeed } from "./open-feed";
import { OUTBOX_ONLY, event, openDatabase, record } from "./outbox.fixture";

const HOUR = 3_600_000;
const run = hasRedis ? describe : describe.skip;
if (!hasRedis) process.stderr.write("A feed over Redis is not tested: redis-server is not installed.\n");

run("a feed whose wake-ups come from Redis", () => {
  let place: TestDatabase;
  let database: DataSource;
  let redis: RedisServer;
  let feed: AgencyFeed;
  let said: string[];
  beforeEach(async () => {
    place = await createTestDatabase(OUTBOX_ONLY);
    database = await openDatabase(place.url);
    redis = await startRedis([]);
    said = [];
    const log = pino({}, { write: (line: string) => said.push((JSON.parse(line) as { what: string }).what) });
    const redisUrl = `redis://127.0.0.1:${redis.port}`;
    const limits = { silentAfter: HOUR, keptFor: 1_000 * HOUR };
    feed = await openAgencyFeed({
      name: "police",
      databaseUrl: place.url,
      database,
      redisUrl,
      log,
      ...limits,
    });
  });
  afterEach(async () => {
    await feed?.close();
    await redis?.stop();
    await database?.destroy();
    await place?.drop();
  });

  test("E9: what this process commits it says under the agency's own name, and the event comes", async () => {
    const heard = createRedisBus(`redis://127.0.0.1:${redis.port}`, () => undefined);
    const events = feed.feed.subscribe({ topics: null });
    expect((await events.next()).value).toMatchObject({ live: true });
    let isHeard = false;
    heard.subscribe("outbox police", () => (isHeard = true));
    // Until the other's own connection is there it hears nothing.
    while (!isHeard) {
      const one = event();
      await record(database, one);
      expect((await events.next()).value).toMatchObject({ events: [{ key: one.key }] });
    }
    await events.return?.();
    await heard.close();
  });

  test("E12: without Redis the events come all the same; it is said once that it is lost, and once that it is back", async () => {
    const events = feed.feed.subscribe({ topics: null });
    await events.next();
    await redis.kill();
    const one = event();
    await record(database, one);
    expect((await events.next()).value).toMatchObject({ events: [{ key: one.key }] });
    while (said.length < 1) await new Promise((resolve) => setImmediate(resolve));
    await redis.start();
    while (said.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(said).toEqual(["lost", "back"]);
    await events.return?.();
  });
});
