import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { SmallHelpKind, SmallHelpState } from "../../domain/small-help";

@Entity("small_help")
export class SmallHelpRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "person_id" })
  personId!: string;

  @Column("text")
  kind!: SmallHelpKind;

  @Column("text", { name: "what_for" })
  whatFor!: string;

  @Column("integer")
  amount!: number;

  @Column("text", { default: "requested" })
  state!: SmallHelpState;

  @Column("uuid", { name: "referral_id", nullable: true })
  referralId!: string | null;

  @Column("text", { name: "requested_by" })
  requestedBy!: string;

  @Column("text", { name: "requested_agency" })
  requestedAgency!: string;

  @Column("timestamptz", { name: "requested_at" })
  requestedAt!: Date;

  @Column("text", { name: "decided_by", nullable: true })
  decidedBy!: string | null;

  @Column("timestamptz", { name: "decided_at", nullable: true })
  decidedAt!: Date | null;

  @Column("text", { name: "delivered_by", nullable: true })
  deliveredBy!: string | null;

  @Column("timestamptz", { name: "delivered_at", nullable: true })
  deliveredAt!: Date | null;
}
