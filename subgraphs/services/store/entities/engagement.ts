import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("engagement")
export class EngagementRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "referral_id" })
  referralId!: string;

  @Column("date", { name: "attended_on" })
  attendedOn!: string;

  @Column("boolean")
  attended!: boolean;

  @Column("text", { name: "recorded_by" })
  recordedBy!: string;

  @Column("timestamptz", { name: "recorded_at", default: () => "now()" })
  recordedAt!: Date;
}
