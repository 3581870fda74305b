import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import type { HeldFact, NotCountedFact } from "../../domain/countable-facts";
import type { FiredCriterion, Mark } from "../../domain/level";
import type { LevelReview } from "../../domain/level-review";
import type { VoteWord } from "../../domain/panel";
import type { Level } from "../../domain/tier-rules";

/** A level the rules propose; nothing of it takes effect before a named person confirms it. */
@Entity("level_proposal")
export class LevelProposalRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  level!: Level;

  @Column("text")
  ruleSetId!: string;

  @Column("integer")
  ruleSetVersion!: number;

  @Column("date")
  asOf!: string;

  @Column("jsonb")
  fired!: readonly FiredCriterion[];

  @Column("jsonb")
  heldForReview!: readonly HeldFact[];

  @Column("jsonb")
  notCounted!: readonly NotCountedFact[];

  @Column("jsonb")
  marks!: readonly Mark[];

  @Column("timestamptz")
  proposedAt!: Date;

  @Column("timestamptz", { nullable: true })
  supersededAt!: Date | null;
}

/** A confirmed level. Append-only: the latest row is the level partners see. */
@Entity("level_confirmation")
export class LevelConfirmationRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  /** Null: a panel decided that he has none any more. */
  @Column("text", { nullable: true })
  level!: Level | null;

  @Column("text")
  reason!: "proposal" | "panel";

  /** The proposal it confirms; null where a panel set it. */
  @Column("uuid", { nullable: true })
  proposalId!: string | null;

  @Column("uuid", { nullable: true })
  decisionId!: string | null;

  /** The database's own: what the decision must have come to. */
  @Column({ type: "text", nullable: true, insert: false, update: false })
  decisionOutcome!: "lowered" | null;

  /** subject@agency of the person who put a name to it. */
  @Column("text")
  confirmedBy!: string;

  @Column("timestamptz")
  confirmedAt!: Date;
}

/** A level that a person has to look at: a lower one is proposed, or it lost a fact it rests on. */
@Entity("level_review")
export class LevelReviewRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  /** The level in force that it is about. */
  @Column("uuid")
  confirmationId!: string;

  @Column("text", { nullable: true })
  proposedLevel!: Level | null;

  @Column("jsonb")
  reasons!: LevelReview["reasons"];

  @Column("timestamptz")
  openedAt!: Date;

  @Column("timestamptz", { nullable: true })
  closedAt!: Date | null;

  /** `superseded`: a higher level was confirmed before any panel met. */
  @Column("text", { nullable: true })
  outcome!: "lowered" | "kept" | "superseded" | null;

  @Column("uuid", { nullable: true })
  decisionId!: string | null;
}

/** What a panel decided of a level. Only ever added to. */
@Entity("panel_decision")
export class PanelDecisionRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  fromLevel!: Level;

  /** What was asked for; null: none any more. */
  @Column("text", { nullable: true })
  toLevel!: Level | null;

  @Column("text")
  outcome!: "lowered" | "kept";

  @Column("text")
  note!: string;

  @Column("timestamptz")
  decidedAt!: Date;

  @Column("text")
  recordedBy!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** How one member of a panel voted. Only ever added to. */
@Entity("panel_vote")
export class PanelVoteRow {
  @PrimaryColumn("uuid")
  decisionId!: string;

  @PrimaryColumn("text")
  agency!: string;

  @PrimaryColumn("text")
  subject!: string;

  @Column("text")
  vote!: VoteWord;
}
