import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { ActionState } from "./action";

/** What somebody of the agency took on at a conference; the agency keeps it, and nobody else. */
@Entity("conference_action")
export class ConferenceActionRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "conference_id" })
  conferenceId!: string;

  /** The case or person it is about, as the agency's own records name it; null: the partnership's own business. */
  @Column("uuid", { name: "about_id", nullable: true })
  aboutId!: string | null;

  @Column("text")
  text!: string;

  @Column("text", { name: "owner_agency" })
  ownerAgency!: string;

  /** The subject of the owner's token. */
  @Column("text")
  owner!: string;

  @Column("date", { name: "due_on" })
  dueOn!: string;

  @Column("text")
  state!: ActionState;

  @Column("text", { name: "recorded_by" })
  recordedBy!: string;

  @Column("timestamptz", { name: "recorded_at" })
  recordedAt!: Date;

  @Column("timestamptz", { name: "closed_at", nullable: true })
  closedAt!: Date | null;

  @Column("text", { name: "closed_by", nullable: true })
  closedBy!: string | null;
}
