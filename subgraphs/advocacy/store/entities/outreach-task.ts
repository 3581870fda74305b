import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { OutreachKind } from "../../domain/outreach";
import type { TaskReason, TaskState, TaskTrigger } from "../../domain/outreach-task";

/** What is to be done for the victim of a case. */
@Entity("outreach_task")
export class OutreachTaskRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "case_id" })
  caseId!: string;

  @Column("text")
  kind!: OutreachKind;

  @Column("text", { default: "open" })
  state!: TaskState;

  @Column("uuid", { name: "event_id" })
  eventId!: string;

  @Column("text", { name: "opened_on" })
  openedOn!: TaskTrigger;

  @Column("timestamptz", { name: "opened_at" })
  openedAt!: Date;

  @Column("timestamptz", { name: "due_at" })
  dueAt!: Date;

  @Column("uuid", { name: "contact_id", nullable: true })
  contactId!: string | null;

  @Column("integer", { name: "hours_before_contact", nullable: true })
  hoursBeforeContact!: number | null;

  @Column("text", { name: "taken_by", nullable: true })
  takenBy!: string | null;

  @Column("timestamptz", { name: "taken_at", nullable: true })
  takenAt!: Date | null;

  @Column("text", { name: "closed_by", nullable: true })
  closedBy!: string | null;

  @Column("timestamptz", { name: "closed_at", nullable: true })
  closedAt!: Date | null;

  @Column("uuid", { name: "outreach_id", nullable: true })
  outreachId!: string | null;

  @Column("text", { nullable: true })
  reason!: TaskReason | null;

  @Column("timestamptz", { name: "recalled_at", nullable: true })
  recalledAt!: Date | null;
}
