import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("part2_consent")
export class Part2ConsentRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "referral_id" })
  referralId!: string;

  @Column("text", { name: "recipient_agency" })
  recipientAgency!: string;

  @Column("timestamptz", { name: "given_at" })
  givenAt!: Date;

  @Column("timestamptz", { name: "expires_at" })
  expiresAt!: Date;

  @Column("timestamptz", { name: "revoked_at", nullable: true })
  revokedAt!: Date | null;

  @Column("text", { name: "recorded_by", nullable: true })
  recordedBy!: string | null;

  @Column("timestamptz", { name: "recorded_at", nullable: true })
  recordedAt!: Date | null;

  @Column("text", { name: "revoked_by", nullable: true })
  revokedBy!: string | null;
}
