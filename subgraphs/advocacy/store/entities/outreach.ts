import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { OutreachKind, OutreachOutcome } from "../../domain/outreach";

@Entity("outreach")
export class OutreachRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "case_id" })
  caseId!: string;

  @Column("text")
  kind!: OutreachKind;

  @Column("text")
  outcome!: OutreachOutcome;

  @Column("timestamptz", { name: "made_at" })
  madeAt!: Date;

  @Column("text", { name: "made_by" })
  madeBy!: string;

  @Column("text", { nullable: true })
  note!: string | null;

  @Column("boolean", { name: "against_safe_contact", default: false })
  againstSafeContact!: boolean;

  @Column("timestamptz", { name: "recorded_at", default: () => "now()" })
  recordedAt!: Date;
}
