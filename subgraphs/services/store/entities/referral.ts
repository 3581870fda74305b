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
}
