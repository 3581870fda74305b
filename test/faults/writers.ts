import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { DataSource } from "typeorm";
import { append } from "../../platform/outbox/append";
import type { Random } from "../../cli/seed/random";

/** An arrest that somebody recorded, or tried to. Moments are counted, so that "before" needs no clock. */
export interface Written {
  readonly arrestId: string;
  readonly personId: string;
  readonly begun: number;
  ended: number;
  /** "unknown": the connection was lost at the commit. */
  outcome: "committed" | "rolled back" | "unknown";
}

export interface WritersOptions {
  readonly database: DataSource;
  readonly personIds: readonly string[];
  readonly random: Random;
  readonly perSecond: number;
  readonly signal: AbortSignal;
}

/** Transactions at work at one time. */
const WRITERS = 8;
/** ms for which a transaction may be held open, before it tells and after. */
const LONGEST_HELD = 300;

class RolledBack extends Error {}

/** Records arrests as whoever imports them does, one transaction for all of `personIds`, and tells of them in it. */
export async function recordArrests(
  database: DataSource,
  personIds: readonly string[],
  journal: Written[],
  clock: { moment: number },
  held: { readonly before: number; readonly after: number; readonly isGivenUp: boolean },
): Promise<void> {
  const written: Written[] = personIds.map((personId) => ({
    ...{ arrestId: randomUUID(), personId, begun: (clock.moment += 1), ended: Infinity },
    outcome: "rolled back",
  }));
  journal.push(...written);
  let isCommitting = false;
  let outcome: Written["outcome"] = "rolled back";
  try {
    await database.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO arrest (id, source, source_key, person_id, arrested_on, offence_code)
         SELECT id, 'faults', id::text, person_id, current_date, '13A'
         FROM unnest($1::uuid[], $2::uuid[]) AS new_arrest (id, person_id)`,
        [written.map(({ arrestId }) => arrestId), personIds],
      );
      await sleep(held.before);
      await append(
        manager,
        written.map(({ arrestId, personId }) => ({
          ...{ topic: "arrest", key: personId, facts: { change: "recorded", arrestId } },
          ...{ occurredAt: new Date(), historic: false, provenance: "local" },
        })),
      );
      await sleep(held.after);
      if (held.isGivenUp) throw new RolledBack();
      isCommitting = true;
    });
    outcome = "committed";
  } catch (error) {
    if (isCommitting) outcome = "unknown";
    else if (!(error instanceof RolledBack)) await sleep(LONGEST_HELD); // the server is away
  }
  const ended = (clock.moment += 1);
  for (const one of written) Object.assign(one, { ended, outcome });
}

/**
 * Has arrests recorded at an even pace, in transactions side by side of which some are held open, so that they commit in
 * another order than they began, and some given up. Resolves with what was written when the signal has come and all have ended.
 */
export async function writeArrests(options: WritersOptions): Promise<Written[]> {
  const { database, personIds, random, perSecond, signal } = options;
  const journal: Written[] = [];
  const clock = { moment: 0 };
  const every = 1_000 / perSecond;
  let due = performance.now();
  async function writer(choices: Random): Promise<void> {
    while (!signal.aborted) {
      const now = performance.now();
      const persons = new Set([
        choices.pick(personIds),
        ...(choices.chance(0.2) ? [choices.pick(personIds)] : []),
      ]);
      // What was not written while the server was away is not made up for.
      due = Math.max(due, now - 1_000) + every * persons.size;
      if (due > now) await sleep(due - now);
      const hold = (share: number) => (choices.chance(share) ? choices.int(1, LONGEST_HELD) : 0);
      const held = { before: hold(0.2), after: hold(0.1), isGivenUp: choices.chance(0.1) };
      await recordArrests(database, [...persons], journal, clock, held);
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, (_, at) => writer(random.fork(`writer ${at}`))));
  return journal;
}
