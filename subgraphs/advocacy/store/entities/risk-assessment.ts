import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { Answers } from "../../domain/risk-assessment";

@Entity("risk_assessment")
export class RiskAssessmentRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "client_id" })
  clientId!: string;

  @Column("text")
  instrument!: string;

  @Column("text", { name: "instrument_version" })
  instrumentVersion!: string;

  @Column("jsonb")
  answers!: Answers;

  @Column("integer", { nullable: true })
  score!: number | null;

  @Column("text", { nullable: true })
  band!: string | null;

  @Column("timestamptz", { name: "assessed_at" })
  assessedAt!: Date;

  @Column("text", { name: "assessed_by" })
  assessedBy!: string;
}
