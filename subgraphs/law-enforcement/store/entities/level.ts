import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { HeldFact, NotCountedFact } from "../../domain/countable-facts";
import type { FiredCriterion, Mark } from "../../domain/level";
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

  @Column("text")
  level!: Level;

  @Column("uuid")
  proposalId!: string;

  /** subject@agency of the person who put a name to it. */
  @Column("text")
  confirmedBy!: string;

  @Column("timestamptz")
  confirmedAt!: Date;
}
