import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import type { Proposal } from "../domain/level";
import { notYetDecided, reviewOf, type DecidedReview, type LevelReview } from "../domain/level-review";
import type { OffenderFacts } from "../domain/offender-facts";
import type { Level } from "../domain/tier-rules";
import { visiblePersons } from "../policy/row-access";
import { LevelReviewRow } from "./entities/level";

/** What the rules say of a person now, and of which facts. */
export interface Judged {
  readonly personId: string;
  readonly facts: OffenderFacts;
  readonly proposal: Proposal;
}

/** A level in force, and what it rests on. */
export interface Standing {
  readonly id: string;
  readonly person: string;
  readonly level: Level;
  /** The facts of the criteria of this level; none where a panel set it. */
  readonly factIds: readonly string[];
  readonly decided: readonly DecidedReview[];
}

/** The levels in force, with what they rest on and what panels have decided of them. */
const STANDING = `
  SELECT in_force.id, in_force.person_id AS person, in_force.level,
    coalesce((SELECT jsonb_agg(DISTINCT fact) FROM level_proposal proposal,
        jsonb_array_elements(proposal.fired) fired (one), jsonb_array_elements_text(fired.one -> 'factIds') fact
      WHERE proposal.id = in_force.proposal_id AND fired.one ->> 'level' = in_force.level), '[]') AS "factIds",
    coalesce((SELECT jsonb_agg(jsonb_build_object('proposedLevel', over.proposed_level, 'reasons', over.reasons))
      FROM level_review over WHERE over.person_id = in_force.person_id AND over.decision_id IS NOT NULL
        AND (over.confirmation_id = in_force.id OR over.decision_id = in_force.decision_id)), '[]') AS decided
  FROM (SELECT DISTINCT ON (person_id) * FROM level_confirmation
        WHERE person_id = ANY($1) ORDER BY person_id, confirmed_at DESC) in_force
  WHERE in_force.level IS NOT NULL`;

/** What the levels in force of these persons rest on; of who has none there is no entry. */
export function groundsOf(manager: EntityManager, personIds: readonly string[]): Promise<Standing[]> {
  return manager.query(STANDING, [personIds]);
}

const idsOf = (facts: OffenderFacts): ReadonlySet<string> =>
  new Set(
    Object.values(facts).flatMap((kind: readonly { readonly id: string }[]) => kind.map(({ id }) => id)),
  );

/**
 * Opens a review of each level in force that a lower proposal or a lost fact calls into question (L45); one that is open
 * already says from now on what is so now. Nothing here closes a review, or lowers anything. Answers how many are open of
 * these persons because of it.
 */
export async function openReviewsOf(manager: EntityManager, judged: readonly Judged[]): Promise<number> {
  const standing = await groundsOf(
    manager,
    judged.map(({ personId }) => personId),
  );
  const byPerson = new Map(standing.map((one) => [one.person, one]));
  const rows = judged.flatMap(({ personId, facts, proposal }) => {
    const confirmed = byPerson.get(personId);
    if (confirmed === undefined) return [];
    const review: LevelReview = reviewOf(confirmed, proposal, idsOf(facts));
    const reasons = notYetDecided(review, proposal.level, confirmed.decided);
    if (reasons.length === 0) return [];
    return [{ person_id: personId, confirmation_id: confirmed.id, proposed_level: proposal.level, reasons }];
  });
  if (rows.length === 0) return 0;
  await manager.query(
    `INSERT INTO level_review (person_id, confirmation_id, proposed_level, reasons)
     SELECT * FROM jsonb_to_recordset($1::jsonb)
       AS made (person_id uuid, confirmation_id uuid, proposed_level text, reasons jsonb)
     ON CONFLICT (person_id) WHERE closed_at IS NULL DO UPDATE
       SET proposed_level = excluded.proposed_level, reasons = excluded.reasons
       WHERE (level_review.proposed_level, level_review.reasons)
         IS DISTINCT FROM (excluded.proposed_level, excluded.reasons)`,
    [JSON.stringify(rows)],
  );
  return rows.length;
}

/** Ends the open review of a person, if there is one. */
export async function closeReview(
  manager: EntityManager,
  personId: string,
  end: Pick<LevelReviewRow, "outcome" | "closedAt" | "decisionId">,
): Promise<void> {
  await manager
    .createQueryBuilder()
    .update(LevelReviewRow)
    .set(end)
    .where("person_id = :personId AND closed_at IS NULL", { personId })
    .execute();
}

/** As a cursor writes it: the database counts finer, and would give the last row of a page again. */
const OPENED = "date_trunc('milliseconds', review.opened_at)";

export interface LevelReviewsAfter {
  readonly caller: Caller;
  readonly now: Date;
  /** Those that have ended, too. */
  readonly ended: boolean;
  /** When the last one read was opened, and its id. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** The reviews of the levels of persons whom the caller may see, oldest first. */
export function levelReviews(
  manager: EntityManager,
  { caller, now, ended, after, limit }: LevelReviewsAfter,
): Promise<LevelReviewRow[]> {
  const visible = visiblePersons(caller, now, "review.person_id");
  const query = manager.createQueryBuilder(LevelReviewRow, "review").where(visible.sql, visible.parameters);
  if (!ended) query.andWhere("review.closed_at IS NULL");
  if (after !== null) {
    const [openedAt, id] = after;
    query.andWhere(`(${OPENED}, review.id) > (:openedAt, :id)`, { openedAt, id });
  }
  return query.orderBy(OPENED).addOrderBy("review.id").limit(limit).getMany();
}
