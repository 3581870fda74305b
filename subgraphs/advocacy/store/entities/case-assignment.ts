import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity("case_assignment")
export class CaseAssignmentRow {
  @PrimaryColumn("uuid", { name: "case_id" })
  caseId!: string;

  @Column("timestamptz", { name: "assigned_at" })
  assignedAt!: Date;

  @Column("text", { nullable: true })
  advocate!: string | null;

  @Column("timestamptz", { name: "ended_at", nullable: true })
  endedAt!: Date | null;
}
