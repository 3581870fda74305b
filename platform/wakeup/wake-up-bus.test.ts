import { createHook } from "node:async_hooks";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { type Door, openDoor } from "../postgres/door.fixture";
import { backoff } from "./backoff";
import { createInProcessBus } from "./in-process-bus";
import { createPostgresBus } from "./postgres-bus";
import { createRedisBus } from "./redis-bus";
import { hasRedis, type RedisServer, startRedis } from "./redis-server.fixture";
import type { BusNotice, WakeUpBus } from "./wake-up-bus";

/** One adapter: how processes that share it open it, and how its server is taken away and given back. */
interface Adapter {
  readonly name: string;
  readonly skipped?: string;
  setUp(): Promise<void>;
  tearDown(): Promise<void>;
  open(onNotice: BusNotice): WakeUpBus;
  readonly server?: { lose(): Promise<void>; giveBack(): Promise<void> };
}

const inProcess: Adapter = {
  name: "in-process",
  setUp: async () => void (shared = createInProcessBus()),
  tearDown: () => shared.close(),
  // One process is one bus.
  open: () => ({ ...shared, close: async () => undefined }),
};
let shared: WakeUpBus;

let database: TestDatabase;
let door: Door;
const postgres: Adapter = {
  name: "PostgreSQL",
  async setUp() {
    database = await createTestDatabase({ key: "wake-ups" });
    door = await openDoor(database.url);
  },
  async tearDown() {
    await door.close();
    await database.drop();
  },
  open: (onNotice) => createPostgresBus(door.url, onNotice),
  server: { lose: async () => door.shut(), giveBack: () => door.reopen() },
};

let server: RedisServer;
const redis = (name: string, settings: string[], address: (port: number) => string): Adapter => ({
  name,
  ...(hasRedis ? {} : { skipped: "redis-server is not installed" }),
  async setUp() {
    server = await startRedis(settings);
  },
  tearDown: () => server.stop(),
  open: (onNotice) => createRedisBus(address(server.port), onNotice),
  server: { lose: () => server.kill(), giveBack: () => server.start() },
});

const adapters = [
  inProcess,
  postgres,
  redis("Redis", [], (port) => `redis://127.0.0.1:${port}`),
  // The first node is not there: the next one is taken.
  redis(
    "Redis Cluster",
    ["--cluster-enabled", "yes"],
    (port) => `redis+cluster://127.0.0.1:1,127.0.0.1:${port}`,
  ),
];

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

/** Counts the timers that are made from now on and neither rang nor were cleared. */
function watchTimers(): { left(): Promise<number> } {
  const timers = new Set<number>();
  const hook = createHook({
    init(id, type) {
      // What reports on the tests may do so in this very process.
      if (type === "Timeout" && !new Error().stack?.includes("@jest/reporters")) timers.add(id);
    },
    destroy: (id) => void timers.delete(id),
  }).enable();
  return {
    async left() {
      // What was cleared is said a turn later.
      await turn();
      await turn();
      hook.disable();
      return timers.size;
    },
  };
}

describe.each(adapters)("E9: $name", (adapter) => {
  const run = adapter.skipped === undefined ? test : test.skip;
  if (adapter.skipped !== undefined) {
    process.stderr.write(`Wake-ups over ${adapter.name} are not tested: ${adapter.skipped}.\n`);
  }
  let buses: WakeUpBus[] = [];
  let notices: string[] = [];
  const open = () => {
    const bus = adapter.open((what) => notices.push(what));
    buses.push(bus);
    return bus;
  };
  /** Publishes until it is heard: a bus may still be connecting, and a wake-up may be lost. */
  const wakeUntil = async (from: WakeUpBus, topic: string, heard: () => boolean) => {
    while (!heard()) {
      from.publish(topic);
      await sleep(5);
    }
  };

  if (adapter.skipped === undefined) {
    beforeAll(() => adapter.setUp());
    afterAll(() => adapter.tearDown());
  }
  afterEach(async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    [buses, notices] = [[], []];
  });

  run("wakes who listens to the topic, wherever he is, and nobody else", async () => {
    const [one, other] = [open(), open()];
    const woken = { here: 0, there: 0, elsewhere: 0 };
    one.subscribe("outbox", () => (woken.here += 1));
    other.subscribe("outbox", () => (woken.there += 1));
    // Whoever has heard something is connected; being connected wakes everybody once.
    await wakeUntil(one, "outbox", () => woken.here > 0 && woken.there > 0);
    other.subscribe("another", () => (woken.elsewhere += 1));
    const before = { ...woken };
    await wakeUntil(one, "outbox", () => woken.here > before.here && woken.there > before.there);
    expect(woken.elsewhere).toBe(0);
  });

  run("who has left is not woken, though he listened twice and left once", async () => {
    const bus = open();
    let left = 0;
    let stayed = 0;
    const stay = () => (stayed += 1);
    bus.subscribe("outbox", () => (left += 1))();
    bus.subscribe("outbox", stay);
    bus.subscribe("outbox", stay)();
    await wakeUntil(bus, "outbox", () => stayed > 0);
    expect(left).toBe(0);
  });

  run("after close nobody is woken, and closing again or publishing does no harm", async () => {
    const [bus, other] = [open(), open()];
    let woken = 0;
    let heard = 0;
    const leave = other.subscribe("outbox", () => (heard += 1));
    if (adapter.server) {
      bus.subscribe("outbox", () => (woken += 1));
      await bus.close();
      await bus.close();
      bus.publish("outbox");
    }
    const before = woken;
    await wakeUntil(other, "outbox", () => heard > 1);
    expect(woken).toBe(before);
    leave();
  });

  const runLoss = adapter.server === undefined ? test.skip : run;
  runLoss(
    "its server gone: told once, publishing does no harm; back: told once, and everybody is woken",
    async () => {
      const server = adapter.server!;
      const bus = open();
      let woken = 0;
      bus.subscribe("outbox", () => (woken += 1));
      await wakeUntil(bus, "outbox", () => woken > 0);
      notices = [];
      await server.lose();
      await until(() => notices.length > 0);
      const before = woken;
      bus.publish("outbox");
      await server.giveBack();
      await until(() => notices.length > 1);
      await until(() => woken > before);
      await wakeUntil(bus, "outbox", () => woken > before + 1);
      expect(notices).toEqual(["lost", "back"]);
    },
  );

  runLoss("closed after its server was lost, it leaves no timer behind", async () => {
    const timers = watchTimers();
    const bus = open();
    let woken = 0;
    bus.subscribe("outbox", () => (woken += 1));
    await wakeUntil(bus, "outbox", () => woken > 0);
    notices = [];
    await adapter.server!.lose();
    await until(() => notices.length > 0);
    await bus.close();
    expect(await timers.left()).toBe(0);
    await adapter.server!.giveBack();
  });

  runLoss("its server not there from the start: told once, and found when it comes", async () => {
    const server = adapter.server!;
    await server.lose();
    const bus = open();
    let woken = 0;
    bus.subscribe("outbox", () => (woken += 1));
    await until(() => notices.length > 0);
    await server.giveBack();
    await until(() => woken > 0);
    expect(notices).toEqual(["lost", "back"]);
  });
});

test("E9: the pause before another attempt doubles up to five seconds, and is not the same for all", () => {
  expect([1, 2, 3, 6, 7, 50].map((attempt) => backoff(attempt, 0.999999))).toEqual([
    100, 200, 400, 3200, 5000, 5000,
  ]);
  expect([1, 2, 50].map((attempt) => backoff(attempt, 0))).toEqual([50, 100, 2500]);
});
