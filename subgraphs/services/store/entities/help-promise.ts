import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { HelpPromisedTo, HelpPromiseState } from "../../domain/help-promise";

@Entity("help_promise")
export class HelpPromiseRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "person_id" })
  personId!: string;

  @Column("text")
  text!: string;

  @Column("date", { name: "due_on" })
  dueOn!: string;

  @Column("text", { name: "owner_agency" })
  ownerAgency!: string;

  @Column("text", { default: "open" })
  state!: HelpPromiseState;

  @Column("timestamptz", { name: "recorded_at", default: () => "now()" })
  recordedAt!: Date;

  @Column("text", { name: "promised_to", default: "offender" })
  promisedTo!: HelpPromisedTo;

  @Column("text", { name: "made_by", nullable: true })
  madeBy!: string | null;

  @Column("uuid", { name: "referral_id", nullable: true })
  referralId!: string | null;

  @Column("text", { name: "settled_by", nullable: true })
  settledBy!: string | null;

  @Column("timestamptz", { name: "settled_at", nullable: true })
  settledAt!: Date | null;
}
