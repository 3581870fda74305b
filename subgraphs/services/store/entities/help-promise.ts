import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { HelpPromiseState } from "../../domain/help-promise";

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
}
