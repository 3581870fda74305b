import { setTimeout as sleep } from "node:timers/promises";
import type { DataSource } from "typeorm";
import { Random } from "../../cli/seed/random";
import { hasRedis } from "../../platform/wakeup/redis-server.fixture";
import { openLawEnforcementDatabase } from "../../subgraphs/law-enforcement/store/database";
import { miniatureOf } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import { Hub } from "./hub";
import { strikeAtRandom, type Target } from "./strikes";
import { Subscriber } from "./subscriber";
import { recordArrests, writeArrests, type Written } from "./writers";

/*
 * Nothing is lost: whatever is killed while arrests are recorded, in the end every subscriber has what he may see, once,
 * in order, and nothing else. Longer: npm run faults -- --minutes 3 [--seed S].
 */

const SECONDS = Number(process.env["FAULTS_SECONDS"] ?? 10);
const SEED = process.env["FAULTS_SEED"] ?? String(Date.now() % 2 ** 31);
const PER_SECOND = 50;
/** ms in which everybody has to have everything, once all is mended. */
const SETTLED = 90_000;

/** The agencies of a person's cases. */
const ASSIGNMENTS = [[], ["harbor-house"], ["safe-passage"], ["harbor-house", "safe-passage"]] as const;
const PERSONS_OF_EACH = 12;

const say = (text: string) => process.stdout.write(`${text}\n`);

interface Told {
  readonly id: string;
  readonly personId: string;
  readonly arrestId: string;
}

const advocate = (agency: string, number: number) => ({
  ...{ role: "advocate", agency, subject: `advocate-${number}` },
});

describe("nothing is lost", () => {
  const hub = new Hub();
  const agenciesOf = new Map<string, readonly string[]>();
  const subscribers = [
    new Subscriber("advocate of Harbor House", advocate("harbor-house", 1)),
    new Subscriber("another of Harbor House", advocate("harbor-house", 2)),
    new Subscriber("advocate of Safe Passage", advocate("safe-passage", 3)),
    new Subscriber("detective", { role: "detective", agency: "metro-police", subject: "detective-1" }),
  ];
  const latecomer = new Subscriber("latecomer of Safe Passage", advocate("safe-passage", 4));
  let database: DataSource;

  beforeAll(async () => {
    await hub.open();
    database = await openLawEnforcementDatabase(hub.addresses.lawEnforcement, { poolSize: 10 });
    const write = miniatureOf(database);
    for (const agencies of ASSIGNMENTS) {
      for (let count = 0; count < PERSONS_OF_EACH; count++) {
        const { id: personId } = await write.person();
        for (const assignedAgency of agencies) {
          const { id: victimId } = await write.victim();
          await write.caseFile({ personId, victimId, assignedAgency, assignedAt: new Date() });
        }
        agenciesOf.set(personId, agencies);
      }
    }
  }, 120_000);
  afterAll(async () => {
    await Promise.all([...subscribers, latecomer].map((one) => one.close()));
    await database?.destroy();
    await hub.close();
  }, 60_000);

  const maySee = ({ reader }: Subscriber, personId: string) =>
    reader.role === "detective" || agenciesOf.get(personId)!.includes(reader.agency);

  function targets(): Target[] {
    const { database: server, redis } = hub;
    return [
      ...[...hub.processes.values()].map((one) => ({
        name: one.name,
        strike: () => one.kill(),
        mend: () => one.start(),
      })),
      { name: "PostgreSQL", strike: () => server.kill(), mend: () => server.start() },
      ...(redis ? [{ name: "Redis", strike: () => redis.kill(), mend: () => redis.start() }] : []),
      {
        name: "connections of the gateway",
        strike: async () => hub.agencyDoor.shut(),
        mend: () => hub.agencyDoor.reopen(),
      },
      ...subscribers.map((one) => ({
        name: `connection of ${one.name}`,
        strike: () => one.drop(),
        mend: async () => undefined,
      })),
    ];
  }

  /** Events are told in order, so whoever has the last one has been given all that he will be given. */
  async function lastEvent(): Promise<string> {
    const [everybodys] = [...agenciesOf].find(([, agencies]) => agencies.length === 2)!;
    const journal: Written[] = [];
    await recordArrests(
      database,
      [everybodys],
      journal,
      { moment: 0 },
      { before: 0, after: 0, isGivenUp: false },
    );
    const told = await tellings();
    return told.find(({ arrestId }) => arrestId === journal[0]!.arrestId)!.id;
  }

  const tellings = () =>
    database.query<Told[]>(
      `SELECT id, key AS "personId", facts->>'arrestId' AS "arrestId" FROM outbox.event WHERE topic = 'arrest'`,
    );

  async function haveAll(eventId: string, everyone: readonly Subscriber[]): Promise<void> {
    const until = performance.now() + SETTLED;
    while (performance.now() < until) {
      const failed = everyone.find(({ failure }) => failure);
      if (failed) throw new Error(`${failed.name}: ${failed.failure?.message}`);
      if (everyone.every((one) => one.has(eventId))) return;
      await sleep(50);
    }
  }

  /** Of one person, what had been committed before another began was told before it; the first pair that was not. */
  function outOfOrder(ids: readonly string[], writtenOf: ReadonlyMap<string, Written>) {
    const begun = new Map<string, Written>();
    for (const id of ids) {
      const one = writtenOf.get(id);
      if (!one) continue;
      const latest = begun.get(one.personId);
      if (latest && one.ended < latest.begun) return [latest, one];
      if (!latest || latest.begun < one.begun) begun.set(one.personId, one);
    }
    return [];
  }

  test(
    `arrests at ${PER_SECOND}/s for ${SECONDS} s while everything is killed at random, seed ${SEED}`,
    async () => {
      if (!hasRedis) say("There is no redis-server on this machine: wake-ups come from the database alone.");
      const random = Random.named(SEED);
      const beginning = await hub.feedCursor(subscribers[0]!.reader);
      for (const one of subscribers) await one.open(hub, beginning);
      const over = new AbortController();
      const personIds = [...agenciesOf.keys()];
      const writing = writeArrests({
        ...{
          database,
          personIds,
          random: random.fork("writers"),
          perSecond: PER_SECOND,
          signal: over.signal,
        },
      });
      const late = sleep((SECONDS * 1_000) / 2).then(() => latecomer.open(hub, beginning));
      const strikes = await strikeAtRandom(targets(), { seconds: SECONDS, random: random.fork("strikes") });
      await late;
      const mended = performance.now();
      over.abort();
      const journal = await writing;
      const everyone = [...subscribers, latecomer];
      await haveAll(await lastEvent(), everyone);
      const settled = performance.now() - mended;

      const told = await tellings();
      const writtenOf = new Map(
        told.flatMap(({ id, arrestId }) => {
          const written = journal.find((one) => one.arrestId === arrestId);
          return written ? [[id, written] as const] : [];
        }),
      );
      const inOutbox = new Set(told.map(({ arrestId }) => arrestId));
      const wrong = {
        committedAndNotTold: journal.filter(
          (one) => one.outcome === "committed" && !inOutbox.has(one.arrestId),
        ),
        toldAndRolledBack: journal.filter(
          (one) => one.outcome === "rolled back" && inOutbox.has(one.arrestId),
        ),
        subscribers: everyone.flatMap((one) => {
          const ids = [...new Set(one.received.map(({ id }) => id))];
          const has = new Set(ids);
          const may = new Set(told.filter(({ personId }) => maySee(one, personId)).map(({ id }) => id));
          const missing = [...may].filter((id) => !has.has(id));
          const extra = ids.filter((id) => !may.has(id));
          const disordered = outOfOrder(ids, writtenOf);
          const isRight = missing.length + extra.length + disordered.length === 0;
          return isRight ? [] : [{ name: one.name, missing, extra, disordered }];
        }),
      };
      const counts = (outcome: Written["outcome"]) => journal.filter((one) => one.outcome === outcome).length;
      say(
        [
          `seed ${SEED}: struck ${[...strikes].map(([name, times]) => `${name} ${times.length} (back in ${Math.max(...times)} ms)`).join(", ")}`,
          `everybody had everything ${Math.round(settled)} ms after the last repair`,
          `arrests: ${counts("committed")} committed, ${counts("rolled back")} rolled back, ${counts("unknown")} cut off at the commit`,
          ...everyone.map(
            ({ name, received, notices }) =>
              `${name}: ${new Set(received.map(({ id }) => id)).size} events, ${received.length} received, ${notices} interruptions`,
          ),
        ].join("\n"),
      );
      const nothing = { committedAndNotTold: [], toldAndRolledBack: [], subscribers: [] };
      if (JSON.stringify(wrong) !== JSON.stringify(nothing)) {
        for (const { name, lastWords } of hub.processes.values()) say(`${name}: ${lastWords}`);
      }
      expect({ seed: SEED, ...wrong }).toEqual({ seed: SEED, ...nothing });
      expect(counts("committed")).toBeGreaterThan(SECONDS);
    },
    SECONDS * 1_000 + 240_000,
  );
});
