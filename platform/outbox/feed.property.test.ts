import fc from "fast-check";
import type { DataSource, QueryRunner } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { createInProcessBus } from "../wakeup/in-process-bus";
import { append } from "./append";
import { createFeed, type Feed } from "./feed";
import { openOutbox, type OutboxEvent } from "./outbox";
import { begin, commit, event, OUTBOX_ONLY, openDatabase, rollback, settled } from "./outbox.fixture";

/** Transactions open at once at the most, and the keys they write of: in stripes of their own, so that only keys meet. */
const TRANSACTIONS = 4;
const KEYS = 3;
const NEVER = 3_600_000;

/** What happens next. A reader who joins goes on after an event that the first reader had. */
type Step =
  | { readonly do: "begin" | "commit" | "rollback"; readonly who: number }
  | { readonly do: "append"; readonly who: number; readonly key: number }
  | { readonly do: "look" }
  | { readonly do: "join"; readonly after: number };

const who = fc.nat(TRANSACTIONS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("begin" as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("commit" as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("rollback" as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom("append" as const), who, key: fc.nat(KEYS - 1) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: "look" as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("join" as const), after: fc.nat(100) }) },
);

let place: TestDatabase;
let database: DataSource;
let keys: string[];

beforeAll(async () => {
  place = await createTestDatabase(OUTBOX_ONLY);
  database = await openDatabase(place.url, TRANSACTIONS + 6);
  const rows: { key: string }[] = await database.query(
    `SELECT DISTINCT ON (outbox.stripe(key)) key FROM (SELECT gen_random_uuid() AS key FROM generate_series(1, 50)) k LIMIT ${KEYS}`,
  );
  keys = rows.map(({ key }) => key);
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

/** What was said of an event when it was appended: a word of its own, and its key. */
interface Told {
  readonly word: string;
  readonly key: string;
}

/** The list that the outbox is to be like. */
class Model {
  readonly committed: Told[] = [];
  readonly #open = new Map<number, Told[]>();
  #written = 0;

  /** A key that another transaction has appended of would make the append wait. */
  allows(one: Step): boolean {
    switch (one.do) {
      case "begin":
        return !this.#open.has(one.who);
      case "commit":
      case "rollback":
        return this.#open.has(one.who);
      case "append":
        return (
          this.#open.has(one.who) &&
          ![...this.#open].some(
            ([other, told]) => other !== one.who && told.some(({ key }) => key === keys[one.key]),
          )
        );
      default:
        return true;
    }
  }

  begin = (one: number) => void this.#open.set(one, []);
  append(one: number, key: string): Told {
    const letters = String((this.#written += 1)).replace(/\d/g, (digit) => "abcdefghij"[Number(digit)]!);
    const told = { word: letters, key };
    this.#open.get(one)!.push(told);
    return told;
  }
  end(one: number, kept: boolean): void {
    if (kept) this.committed.push(...this.#open.get(one)!);
    this.#open.delete(one);
  }
  openOnes = () => [...this.#open.keys()];
}

/** Reads a feed to wherever it comes. */
function reader(feed: Feed, after: string) {
  const seen: OutboxEvent[] = [];
  const events = feed.subscribe({ after, topics: null });
  const end = (async () => {
    for await (const one of events) if (one.live !== true) seen.push(...one.events);
  })();
  return { seen, end };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

const told = (events: readonly OutboxEvent[]): Told[] =>
  events.map(({ facts, key }) => ({ word: facts["word"]!, key }));
const ofKey = (all: readonly Told[], key: string) => all.filter((one) => one.key === key);

test("E5, E6, E10: whatever the order of transactions, each reader has each committed event once, in order of commits by key", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 80, size: "max" }), async (steps) => {
      const outbox = openOutbox(database);
      const bus = createInProcessBus();
      // Small pages, so that who comes in late reads many.
      const feed = await createFeed({ outbox, bus, onNotice: () => undefined, pollMs: NEVER, pageSize: 3 });
      const model = new Model();
      const runners = new Map<number, QueryRunner>();
      const first = reader(feed, await settled(outbox).head());
      const joined: { readonly behind: number; readonly reader: typeof first }[] = [];
      const end = async (one: number, kept: boolean) => {
        await (kept ? commit : rollback)(runners.get(one)!);
        runners.delete(one);
        model.end(one, kept);
      };
      try {
        for (const one of steps) {
          if (!model.allows(one)) continue;
          if (one.do === "begin") {
            runners.set(one.who, await begin(database));
            model.begin(one.who);
          } else if (one.do === "append") {
            const { word, key } = model.append(one.who, keys[one.key]!);
            await append(runners.get(one.who)!.manager, [event({ key, facts: { word } })]);
          } else if (one.do === "look") {
            bus.publish("outbox");
          } else if (one.do === "join") {
            if (first.seen.length === 0) continue;
            const behind = (one.after % first.seen.length) + 1;
            joined.push({ behind, reader: reader(feed, first.seen[behind - 1]!.cursor) });
          } else {
            await end(one.who, one.do === "commit");
          }
        }
        for (const one of model.openOnes()) await end(one, one % 2 === 0);
        bus.publish("outbox");
        await until(() => first.seen.length >= model.committed.length);
        const all = told(first.seen);
        for (const key of keys) expect(ofKey(all, key)).toEqual(ofKey(model.committed, key));
        expect(all).toHaveLength(model.committed.length);
        for (const { behind, reader: late } of joined) {
          await until(() => late.seen.length >= all.length - behind);
          expect(told(late.seen)).toEqual(all.slice(behind));
        }
      } finally {
        for (const runner of runners.values()) await rollback(runner);
        await feed.close();
        await Promise.all([first, ...joined.map((one) => one.reader)].map((one) => one.end));
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
