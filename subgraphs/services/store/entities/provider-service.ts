import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ServiceKind } from "../../domain/referral";

@Entity("provider_service")
export class ProviderServiceRow {
  @PrimaryColumn("text")
  agency!: string;

  @PrimaryColumn("text")
  service!: ServiceKind;

  @Column("integer")
  places!: number;

  @Column("text", { name: "recorded_by" })
  recordedBy!: string;

  @Column("timestamptz", { name: "recorded_at" })
  recordedAt!: Date;
}
