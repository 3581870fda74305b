import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** What the victim of a case said of how she may be reached. */
@Entity("safe_contact")
export class SafeContactRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "case_id" })
  caseId!: string;

  @Column("boolean", { name: "may_call" })
  mayCall!: boolean;

  @Column("boolean", { name: "may_write" })
  mayWrite!: boolean;

  @Column("boolean", { name: "may_leave_message" })
  mayLeaveMessage!: boolean;

  @Column("boolean", { name: "may_visit" })
  mayVisit!: boolean;

  @Column("text", { name: "hours_from", nullable: true })
  hoursFrom!: string | null;

  @Column("text", { name: "hours_until", nullable: true })
  hoursUntil!: string | null;

  @Column("text")
  language!: string;

  @Column("timestamptz", { name: "told_at" })
  toldAt!: Date;

  @Column("timestamptz", { name: "recorded_at" })
  recordedAt!: Date;

  @Column("text", { name: "recorded_by" })
  recordedBy!: string;
}
