import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import type { Consequence, CorrectionKind } from "../../domain/correction";

/** What was recorded wrongly of a person, and what followed when it was corrected. Only ever added to. */
@Entity("correction")
export class CorrectionRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("text")
  kind!: CorrectionKind;

  @Column("uuid")
  personId!: string;

  /** Of a wrong person: the incident that was not his. */
  @Column("uuid", { nullable: true })
  incidentId!: string | null;

  /** Of a charge that ended: the charge. */
  @Column("uuid", { nullable: true })
  chargeId!: string | null;

  @Column("text")
  why!: string;

  @Column("jsonb")
  consequences!: readonly Consequence[];

  @Column("text")
  recordedBy!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** He was not the man of this incident. Only ever added to. */
@Entity("detached_subject")
export class DetachedSubjectRow {
  @PrimaryColumn("uuid")
  incidentId!: string;

  @PrimaryColumn("uuid")
  personId!: string;

  @Column("uuid")
  correctionId!: string;
}

/** A letter whose text may rest on what was corrected. Only ever added to. */
@Entity("letter_mark")
export class LetterMarkRow {
  @PrimaryColumn("uuid")
  letterId!: string;

  @PrimaryColumn("uuid")
  correctionId!: string;
}

/** A violation of an order that was found not to be his. Only ever added to. */
@Entity("withdrawn_violation")
export class WithdrawnViolationRow {
  @PrimaryColumn("uuid")
  violationId!: string;

  @Column("uuid")
  correctionId!: string;
}
