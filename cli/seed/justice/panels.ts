import type { EntityManager } from "typeorm";
import type { Level } from "../../../subgraphs/law-enforcement/domain/tier-rules";
import { at } from "../days";
import type { Random } from "../random";
import { subjectOf } from "../site";

/** Where and when a panel sits. */
export interface Sitting {
  readonly police: string;
  readonly prosecutor: string;
  readonly probation: string;
  readonly random: Random;
  readonly day: string;
}

/** Gives the reviews that a conference opened repeatable ids and its own time in place of those of this run. */
export async function renameReviews(manager: EntityManager, random: Random, day: string): Promise<void> {
  const made: { id: string; person_id: string }[] = await manager.query(
    "SELECT id, person_id FROM level_review WHERE opened_at = now() ORDER BY person_id",
  );
  await manager.query(
    `UPDATE level_review SET id = made.new_id, opened_at = $3
     FROM unnest($1::uuid[], $2::uuid[]) AS made (old_id, new_id) WHERE id = made.old_id`,
    [
      made.map((row) => row.id),
      made.map((row) => random.fork(`review ${day} ${row.person_id}`).uuid()),
      at(day, 7, 30),
    ],
  );
}

/** Ends the reviews of those who were confirmed at a higher level since. */
export async function supersedeReviews(manager: EntityManager): Promise<void> {
  await manager.query(
    `UPDATE level_review review SET closed_at = raised.confirmed_at, outcome = 'superseded'
     FROM level_confirmation raised
     WHERE review.closed_at IS NULL AND raised.person_id = review.person_id AND raised.confirmed_at > review.opened_at`,
  );
}

interface OpenReview {
  readonly id: string;
  readonly person_id: string;
  readonly level: Level;
  readonly proposed_level: Level | null;
}

export interface LoweredLevel {
  readonly personId: string;
  readonly level: Level | null;
}

/**
 * Holds a panel over the reviews that were opened before its day: most of them it decides, and where the rules propose a
 * lower level it mostly follows. Answers whom it moved down, and to what; null: to no level.
 */
export async function holdPanel(manager: EntityManager, sitting: Sitting): Promise<LoweredLevel[]> {
  const { random, day, police, prosecutor, probation } = sitting;
  const open: OpenReview[] = await manager.query(
    `SELECT review.id, review.person_id, confirmed.level, review.proposed_level
     FROM level_review review JOIN level_confirmation confirmed ON confirmed.id = review.confirmation_id
     WHERE review.closed_at IS NULL AND review.opened_at < $1 ORDER BY review.person_id`,
    [at(day, 0)],
  );
  const lowered: LoweredLevel[] = [];
  for (const { id, person_id, level, proposed_level } of open) {
    const own = random.fork(`panel ${day} ${id}`);
    if (!own.chance(0.6)) continue;
    const lower = proposed_level === null || proposed_level > level;
    const outcome = lower && own.chance(0.7) ? "lowered" : "kept";
    const to = lower ? proposed_level : level;
    const [decisionId, by] = [own.uuid(), `${subjectOf("coordinator")}@${police}`];
    const [decidedAt, recordedAt] = [at(day, 10), at(day, 11)];
    const note =
      outcome === "lowered"
        ? "What the level rested on does not count any more, and there was nothing since."
        : "There is nothing that would make her safer if it were lower.";
    await manager.query(
      `INSERT INTO panel_decision (id, person_id, from_level, to_level, outcome, note, decided_at, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [decisionId, person_id, level, to, outcome, note, decidedAt, by, recordedAt],
    );
    const votes = [
      [police, subjectOf("detective"), outcome === "lowered" ? "for" : "against"],
      [prosecutor, subjectOf("prosecutor"), outcome === "lowered" ? "for" : "against"],
      [probation, subjectOf("probation"), own.pick(["for", "against", "abstain"] as const)],
    ] as const;
    for (const [agency, subject, vote] of votes) {
      await manager.query(
        "INSERT INTO panel_vote (decision_id, agency, subject, vote) VALUES ($1, $2, $3, $4)",
        [decisionId, agency, subject, vote],
      );
    }
    await manager.query(
      "UPDATE level_review SET closed_at = $2, outcome = $3, decision_id = $4 WHERE id = $1",
      [id, recordedAt, outcome, decisionId],
    );
    if (outcome === "kept") continue;
    lowered.push({ personId: person_id, level: to });
    await manager.query(
      `INSERT INTO level_confirmation (id, person_id, level, reason, decision_id, confirmed_by, confirmed_at)
       VALUES ($1, $2, $3, 'panel', $4, $5, $6)`,
      [own.uuid(), person_id, to, decisionId, by, recordedAt],
    );
  }
  return lowered;
}
