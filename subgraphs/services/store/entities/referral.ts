import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { ReferralState, ServiceKind } from "../../domain/referral";

@Entity("referral")
export class ReferralRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "person_id" })
  personId!: string;

  @Column("text", { name: "provider_agency" })
  providerAgency!: string;

  @Column("text")
  service!: ServiceKind;

  @Column("boolean", { default: false })
  part2!: boolean;

  @Column("text", { default: "referred" })
  state!: ReferralState;

  @Column("timestamptz", { name: "consented_at", nullable: true })
  consentedAt!: Date | null;

  @Column("timestamptz", { name: "referred_at" })
  referredAt!: Date;

  @Column("text", { name: "referred_by", nullable: true })
  referredBy!: string | null;

  @Column("text", { name: "consent_recorded_by", nullable: true })
  consentRecordedBy!: string | null;

  @Column("boolean", { name: "partners_may_know", default: false })
  partnersMayKnow!: boolean;

  @Column("text", { name: "answered_by", nullable: true })
  answeredBy!: string | null;

  @Column("timestamptz", { name: "answered_at", nullable: true })
  answeredAt!: Date | null;

  @Column("text", { name: "closed_by", nullable: true })
  closedBy!: string | null;

  @Column("timestamptz", { name: "closed_at", nullable: true })
  closedAt!: Date | null;
}
