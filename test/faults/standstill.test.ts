import { setTimeout as sleep } from "node:timers/promises";
import type { DataSource } from "typeorm";
import { openLawEnforcementDatabase } from "../../subgraphs/law-enforcement/store/database";
import { miniatureOf } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import { Hub } from "./hub";
import { Subscriber } from "./subscriber";
import { recordArrests, type Written } from "./writers";

/*
 * The servers of the hub stand, and their database does not: whoever listens is told so, once.
 */

const ann = { role: "advocate", agency: "harbor-house", subject: "ann" };
const dan = { role: "detective", agency: "metro-police", subject: "dan" };

describe("S13: the agencies' database is gone, and they are not", () => {
  const hub = new Hub();
  const [one, other, detective, late] = [
    new Subscriber("an advocate", ann),
    new Subscriber("another of the same", { ...ann, subject: "eve" }),
    new Subscriber("a detective", dan),
    new Subscriber("who comes meanwhile", { ...ann, subject: "kay" }),
  ] as const;
  const everyone = [one, other, detective, late];
  let database: DataSource;
  let personId: string;

  beforeAll(async () => {
    await hub.open();
    database = await openLawEnforcementDatabase(hub.addresses.lawEnforcement, { poolSize: 2 });
    const write = miniatureOf(database);
    personId = (await write.person()).id;
    const { id: victimId } = await write.victim();
    await write.caseFile({ personId, victimId, assignedAgency: ann.agency, assignedAt: new Date() });
  }, 120_000);
  afterAll(async () => {
    await Promise.all(everyone.map((subscriber) => subscriber.close()));
    await database?.destroy();
    await hub.close();
  }, 60_000);

  /** Records an arrest; answers when all of them have it. */
  async function arrest(subscribers: readonly Subscriber[]): Promise<void> {
    const journal: Written[] = [];
    const plan = { before: 0, after: 0, isGivenUp: false };
    await recordArrests(database, [personId], journal, { moment: 0 }, plan);
    const [told] = await database.query<{ id: string }[]>(
      "SELECT id FROM outbox.event WHERE facts ->> 'arrestId' = $1",
      [journal[0]!.arrestId],
    );
    await until(() => subscribers.every((subscriber) => subscriber.has(told!.id)));
  }
  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      const failed = everyone.find(({ failure }) => failure);
      if (failed) throw new Error(`${failed.name}: ${failed.failure?.message}`);
      await sleep(20);
    }
  }

  test("each stream is told once each time, who comes meanwhile too, and nothing is lost", async () => {
    const beginning = await hub.feedCursor(dan);
    const early = [one, other, detective];
    for (const subscriber of early) await subscriber.open(hub, beginning);
    await arrest(early);
    for (const times of [1, 2]) {
      await hub.database.kill();
      await until(() => early.every(({ notices }) => notices === times));
      if (times === 1) {
        await late.open(hub, beginning);
        await until(() => late.notices === 1);
      }
      await hub.database.start();
      await arrest(everyone);
      expect(everyone.map(({ name, notices }) => [name, notices])).toEqual(
        everyone.map(({ name }) => [name, times]),
      );
    }
    for (const { received } of everyone) {
      const ids = received.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(3);
    }
  }, 120_000);
});
