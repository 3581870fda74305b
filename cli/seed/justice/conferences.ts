import type { EntityManager } from "typeorm";
import { proposeLevels } from "../../../subgraphs/law-enforcement/store/propose-levels";
import type { Level, TierRuleSet } from "../../../subgraphs/law-enforcement/domain/tier-rules";
import { addDays, at } from "../days";
import type { Random } from "../random";
import { subjectOf } from "../site";
import { LONGEST_HISTORY } from "./history";
import { holdPanel, type LoweredLevel, renameReviews, supersedeReviews } from "./panels";
import type { JusticeBatch } from "./tables";

/** A level in force from an instant on. */
export interface ConfirmedLevel {
  readonly personId: string;
  readonly level: Level;
  readonly confirmedOn: string;
}

export interface DecidedLevels {
  /** Oldest first. */
  readonly confirmed: readonly ConfirmedLevel[];
  /** By the panel of the last conference. */
  readonly lowered: readonly LoweredLevel[];
}

/** What the conferences fill; the rules of the site write the first of the two. */
export const LEVEL_TABLES = {
  level_proposal: ["id", "person_id", "level", "as_of"],
  level_confirmation: ["id", "person_id", "level", "proposal_id", "confirmed_by", "confirmed_at", "reason"],
} as const;

/** How many days before the last conference each of the others was: monthly of late, quarterly before. */
const RECENT = [28, 56, 84];
const QUARTER = 91;
/** What is younger than this may still wait for its confirmation. */
const OPEN_FOR = 90;
/** The share of young proposals that is confirmed. */
const CONFIRMED_SHARE = 0.7;

/** Which site rules, whose conferences, on which persons. */
export interface Conferences {
  readonly rules: TierRuleSet;
  readonly police: string;
  readonly prosecutor: string;
  readonly probation: string;
  readonly lastDay: string;
  readonly random: Random;
  /** This person's proposals are always confirmed. */
  readonly alwaysConfirmed: string;
}

/** The days of the conferences, oldest first; the last is the city's last day. Real ones are held every week or two. */
export function conferenceDays(lastDay: string): string[] {
  const before = [0, ...RECENT];
  while (before.at(-1)! < LONGEST_HISTORY) before.push(before.at(-1)! + QUARTER);
  return before.reverse().map((days) => addDays(lastDay, -days));
}

/**
 * Holds the case conferences of the past over facts already in the database: on each, the rules propose for whom
 * something changed since the last, and a coordinator confirms what lies above the level in force. On the last a panel sits.
 */
export async function holdConferences(
  manager: EntityManager,
  batch: JusticeBatch,
  conferences: Conferences,
): Promise<DecidedLevels> {
  const { rules, lastDay } = conferences;
  const days = conferenceDays(lastDay);
  const changed = personsChanged(batch, days);
  const inForce = new Map<string, Level>();
  const confirmed: ConfirmedLevel[] = [];
  for (const [index, day] of days.entries()) {
    const persons = index === days.length - 1 ? "all" : [...changed[index]!];
    if (persons.length === 0) continue;
    await proposeLevels(manager, persons, rules, day, { tell: false });
    await rename(manager, conferences, day);
    await renameReviews(manager, conferences.random, day);
    confirmed.push(...(await confirmOpen(manager, conferences, day, inForce)));
    await supersedeReviews(manager);
  }
  // On the last day alone, so that no later conference builds on what it lowered.
  return { confirmed, lowered: await holdPanel(manager, { ...conferences, day: lastDay }) };
}

/** For each conference, who had a fact of any kind since the one before. */
function personsChanged(batch: JusticeBatch, days: readonly string[]): Set<string>[] {
  const changed = days.map(() => new Set<string>());
  const note = (person: unknown, day: unknown) => {
    if (typeof person !== "string" || typeof day !== "string") return;
    const index = days.findIndex((conference) => day <= conference);
    if (index >= 0) changed[index]!.add(person);
  };
  const incidentDay = new Map(batch.rows("incident").map((row) => [row.id, row.occurred_on]));
  for (const row of batch.rows("incident_subject")) note(row.person_id, incidentDay.get(row.incident_id));
  for (const row of batch.rows("charge")) {
    note(row.person_id, row.filed_on);
    note(row.person_id, row.disposition_on);
  }
  const holder = new Map(batch.rows("order_of_protection").map((row) => [row.id, row.person_id]));
  for (const row of batch.rows("order_violation")) note(holder.get(row.order_id), row.occurred_on);
  for (const row of batch.rows("prohibited_behaviour")) note(row.person_id, row.occurred_on);
  return changed;
}

/** Gives the proposals of a conference repeatable ids and its own time in place of those of this run. */
async function rename(manager: EntityManager, { random }: Conferences, day: string): Promise<void> {
  const made: { id: string; person_id: string }[] = await manager.query(
    "SELECT id, person_id FROM level_proposal WHERE proposed_at = now() ORDER BY person_id",
  );
  const ids = made.map((row) => random.fork(`proposal ${day} ${row.person_id}`).uuid());
  await manager.query(
    `UPDATE level_proposal SET id = made.new_id, proposed_at = $3
     FROM unnest($1::uuid[], $2::uuid[]) AS made (old_id, new_id) WHERE id = made.old_id`,
    [made.map((row) => row.id), ids, at(day, 7)],
  );
  await manager.query("UPDATE level_proposal SET superseded_at = $1 WHERE superseded_at = now()", [
    at(day, 7),
  ]);
}

async function confirmOpen(
  manager: EntityManager,
  { random, police, lastDay, alwaysConfirmed }: Conferences,
  day: string,
  inForce: Map<string, Level>,
): Promise<ConfirmedLevel[]> {
  const open: { id: string; person_id: string; level: Level }[] = await manager.query(
    "SELECT id, person_id, level FROM level_proposal WHERE superseded_at IS NULL AND as_of = $1 ORDER BY person_id",
    [day],
  );
  const rows = open.flatMap(({ id, person_id, level }) => {
    const standing = inForce.get(person_id);
    // Only upward: a lower proposal opens a review, and A sorts before D.
    if (standing !== undefined && standing <= level) return [];
    const own = random.fork(`confirmation ${id}`);
    const young = day > addDays(lastDay, -OPEN_FOR);
    if (young && person_id !== alwaysConfirmed && !own.chance(CONFIRMED_SHARE)) return [];
    inForce.set(person_id, level);
    const confirmedOn = day === lastDay ? day : addDays(day, own.int(0, 6));
    const by = `${subjectOf("coordinator", own.int(1, 2))}@${police}`;
    return [{ id: own.uuid(), person_id, level, proposal_id: id, confirmed_by: by, confirmedOn }];
  });
  const times = rows.map((row) => at(row.confirmedOn, 9));
  await manager.query(
    `INSERT INTO level_confirmation (id, person_id, level, proposal_id, confirmed_by, confirmed_at, reason)
     SELECT *, 'proposal' FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[])`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.person_id),
      rows.map((row) => row.level),
      rows.map((row) => row.proposal_id),
      rows.map((row) => row.confirmed_by),
      times,
    ],
  );
  return rows.map(({ person_id, level, confirmedOn }) => ({ personId: person_id, level, confirmedOn }));
}
