import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { Answers, AssessmentOutcome } from "../../domain/risk-assessment";

/** What an advocate asked the victim of a case by an instrument, and what it found. Never altered. */
@Entity("risk_assessment")
export class RiskAssessmentRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "case_id", nullable: true })
  caseId!: string | null;

  /** Of a woman who came by herself, and of what was recorded before cases were named. */
  @Column("uuid", { name: "client_id", nullable: true })
  clientId!: string | null;

  @Column("text")
  instrument!: string;

  @Column("text", { name: "instrument_version" })
  instrumentVersion!: string;

  @Column("jsonb")
  answers!: Answers;

  @Column("text", { default: "incomplete" })
  outcome!: AssessmentOutcome;

  @Column("integer", { nullable: true })
  score!: number | null;

  @Column("text", { nullable: true })
  band!: string | null;

  @Column("text", { nullable: true })
  note!: string | null;

  @Column("timestamptz", { name: "assessed_at" })
  assessedAt!: Date;

  @Column("text", { name: "assessed_by" })
  assessedBy!: string;

  @Column("timestamptz", { name: "recorded_at" })
  recordedAt!: Date;

  @Column("uuid", { name: "outreach_id", nullable: true })
  outreachId!: string | null;

  @Column("uuid", { name: "corrects_id", nullable: true })
  correctsId!: string | null;
}
