import { randomUUID } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import { append } from "../../../platform/outbox/append";
import type { Day } from "../domain/calendar";
import { proposeLevel, type Proposal } from "../domain/level";
import type { TierRuleSet } from "../domain/tier-rules";
import { LevelProposalRow } from "./entities/level";
import { openReviewsOf, type Judged } from "./level-reviews";
import { offenderFactsOf } from "./offender-facts";

/** What a run of the rules did. */
export interface ProposalCounts {
  /** Persons looked at. */
  readonly persons: number;
  /** New proposals. */
  readonly proposed: number;
  /** Proposals that were closed: a newer one took their place, or no criterion holds any more. */
  readonly superseded: number;
  /** Persons whose open proposal says what the rules say now. */
  readonly unchanged: number;
}

/** Persons a batch: large enough that statements do not count, small enough that their facts fit in memory. */
const BATCH = 1_000;

/**
 * Runs the site's rules over the facts of these persons and records what they propose. A person's open proposal stays as
 * it is while the level, the criteria and their facts are the same, so that a second run changes nothing; what was set
 * aside is brought up to date in it. A level in force that is called into question gets its review (L45).
 *
 * Each new proposal is told of, in the same transaction, unless `tell` is false: for the conferences of a made-up past.
 *
 * `asOf` is a calendar day at the site; throws RangeError otherwise. Given an EntityManager it works in its transaction;
 * given a DataSource it commits a batch at a time.
 */
export async function proposeLevels(
  database: DataSource | EntityManager,
  personIds: readonly string[] | "all",
  ruleSet: TierRuleSet,
  asOf: Day,
  { tell = true }: { readonly tell?: boolean } = {},
): Promise<ProposalCounts> {
  const total = { persons: 0, proposed: 0, superseded: 0, unchanged: 0 };
  for await (const batch of batchesOf(database, personIds)) {
    const counts = await database.transaction(async (manager) => {
      const { made, ...counts } = await proposeBatch(manager, batch, ruleSet, asOf);
      if (tell) await tellOfProposals(manager, made);
      return counts;
    });
    total.persons += counts.persons;
    total.proposed += counts.proposed;
    total.superseded += counts.superseded;
    total.unchanged += counts.unchanged;
  }
  return total;
}

async function* batchesOf(
  database: DataSource | EntityManager,
  personIds: readonly string[] | "all",
): AsyncGenerator<readonly string[]> {
  if (personIds !== "all") {
    const distinct = [...new Set(personIds)];
    for (let at = 0; at < distinct.length; at += BATCH) yield distinct.slice(at, at + BATCH);
    return;
  }
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows: { id: string }[] = await database.query(
      "SELECT id FROM person WHERE id > $1 ORDER BY id LIMIT $2",
      [after, BATCH],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => row.id);
    after = last.id;
  }
}

/** What two proposals must share to be the same. */
function judgementOf({ level, fired }: Pick<Proposal, "level" | "fired">): string {
  return JSON.stringify([level, fired.map((one) => [one.criterionId, one.level, one.category, one.factIds])]);
}

/** What was set aside; it may change under a proposal that stands. */
function asideOf({ heldForReview, notCounted, marks }: SetAside): string {
  const pairs = [heldForReview, notCounted].map((list) => list.map((one) => [one.factId, one.reason]));
  return JSON.stringify([pairs, marks.map((mark) => [mark.code, mark.factIds])]);
}
type SetAside = Pick<Proposal, "heldForReview" | "notCounted" | "marks">;

/** The open proposals by person, locked, in an order that keeps two runs from locking each other out. */
async function openProposals(
  manager: EntityManager,
  personIds: readonly string[],
): Promise<Map<string, LevelProposalRow>> {
  const rows = await manager
    .createQueryBuilder(LevelProposalRow, "proposal")
    .setLock("pessimistic_write")
    .where("proposal.person_id = ANY(:personIds) AND proposal.superseded_at IS NULL", { personIds })
    .orderBy("proposal.id")
    .getMany();
  return new Map(rows.map((row) => [row.personId, row]));
}

async function proposeBatch(
  manager: EntityManager,
  personIds: readonly string[],
  ruleSet: TierRuleSet,
  asOf: Day,
): Promise<ProposalCounts & { readonly made: readonly NewProposal[] }> {
  // Persons first, so that of two runs at once the second waits and then sees what the first proposed.
  const known: { id: string }[] = await manager.query(
    "SELECT id FROM person WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE",
    [personIds],
  );
  const ids = known.map((row) => row.id);
  const facts = await offenderFactsOf(manager, ids);
  const open = await openProposals(manager, ids);

  const closed: string[] = [];
  const made: NewProposal[] = [];
  const judged: Judged[] = [];
  const refreshed: { readonly id: string; readonly aside: SetAside }[] = [];
  let unchanged = 0;
  for (const [personId, known] of facts) {
    const proposal = proposeLevel(ruleSet, known, asOf);
    judged.push({ personId, facts: known, proposal });
    const standing = open.get(personId);
    if (standing ? judgementOf(standing) === judgementOf(proposal) : proposal.level === null) {
      unchanged += 1;
      if (standing && asideOf(standing) !== asideOf(proposal)) {
        refreshed.push({ id: standing.id, aside: proposal });
      }
      continue;
    }
    if (standing) closed.push(standing.id);
    if (proposal.level !== null) made.push({ id: randomUUID(), personId, proposal });
  }
  await closeProposals(manager, closed);
  await refreshProposals(manager, refreshed);
  await insertProposals(manager, made);
  await openReviewsOf(manager, judged);
  return { persons: ids.length, proposed: made.length, superseded: closed.length, unchanged, made };
}

interface NewProposal {
  readonly id: string;
  readonly personId: string;
  readonly proposal: Proposal;
}

async function closeProposals(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await manager.query("UPDATE level_proposal SET superseded_at = now() WHERE id = ANY($1)", [ids]);
}

async function refreshProposals(
  manager: EntityManager,
  refreshed: readonly { readonly id: string; readonly aside: SetAside }[],
): Promise<void> {
  if (refreshed.length === 0) return;
  const rows = refreshed.map(({ id, aside }) => ({
    id,
    held_for_review: aside.heldForReview,
    not_counted: aside.notCounted,
    marks: aside.marks,
  }));
  await manager.query(
    `UPDATE level_proposal proposal
     SET held_for_review = now.held_for_review, not_counted = now.not_counted, marks = now.marks
     FROM jsonb_to_recordset($1::jsonb) AS now (id uuid, held_for_review jsonb, not_counted jsonb, marks jsonb)
     WHERE proposal.id = now.id`,
    [JSON.stringify(rows)],
  );
}

async function insertProposals(manager: EntityManager, made: readonly NewProposal[]): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map(({ id, personId, proposal }) => ({
    ...{ id, person_id: personId, level: proposal.level, as_of: proposal.asOf, fired: proposal.fired },
    rule_set_id: proposal.ruleSet.id,
    rule_set_version: proposal.ruleSet.version,
    held_for_review: proposal.heldForReview,
    not_counted: proposal.notCounted,
    marks: proposal.marks,
  }));
  await manager.query(
    `INSERT INTO level_proposal (id, person_id, level, rule_set_id, rule_set_version, as_of, fired, held_for_review,
                                 not_counted, marks)
     SELECT id, person_id, level, rule_set_id, rule_set_version, as_of, fired, held_for_review, not_counted, marks
     FROM jsonb_to_recordset($1::jsonb) AS made (id uuid, person_id uuid, level text, rule_set_id text,
       rule_set_version integer, as_of date, fired jsonb, held_for_review jsonb, not_counted jsonb, marks jsonb)`,
    [JSON.stringify(rows)],
  );
}

function tellOfProposals(manager: EntityManager, made: readonly NewProposal[]): Promise<void> {
  const occurredAt = new Date();
  return append(
    manager,
    made.map(({ id, personId }) => ({
      topic: "level",
      key: personId,
      facts: { change: "proposed", proposalId: id },
      occurredAt,
      historic: false,
      provenance: "local",
    })),
  );
}
