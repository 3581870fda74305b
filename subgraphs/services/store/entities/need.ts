import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { NeedEnd, NeedKind } from "../../domain/need";

@Entity("need")
export class NeedRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "person_id" })
  personId!: string;

  @Column("text")
  kind!: NeedKind;

  @Column("timestamptz", { name: "stated_at" })
  statedAt!: Date;

  @Column("boolean", { name: "passed_on", default: false })
  passedOn!: boolean;

  @Column("text", { name: "recorded_by", nullable: true })
  recordedBy!: string | null;

  @Column("timestamptz", { name: "recorded_at", nullable: true })
  recordedAt!: Date | null;

  @Column("uuid", { name: "referral_id", nullable: true })
  referralId!: string | null;

  @Column("text", { name: "closed_as", nullable: true })
  closedAs!: NeedEnd | null;

  @Column("text", { name: "closed_by", nullable: true })
  closedBy!: string | null;

  @Column("timestamptz", { name: "closed_at", nullable: true })
  closedAt!: Date | null;
}
