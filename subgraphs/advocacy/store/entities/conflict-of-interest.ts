import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { ConflictReason } from "../../domain/conflict";

/** Somebody who is cut off from the agency's records of a case. */
@Entity("conflict_of_interest")
export class ConflictOfInterestRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("text")
  agency!: string;

  @Column("text")
  subject!: string;

  @Column("uuid", { name: "case_id" })
  caseId!: string;

  @Column("text")
  why!: ConflictReason;

  /** The subject of the advocate's token. */
  @Column("text", { name: "recorded_by" })
  recordedBy!: string;

  @Column("timestamptz", { name: "recorded_at" })
  recordedAt!: Date;

  @Column("text", { name: "ended_by", nullable: true })
  endedBy!: string | null;

  @Column("timestamptz", { name: "ended_at", nullable: true })
  endedAt!: Date | null;

  /** The key of the request that recorded it, her program's own. */
  @Column("text", { name: "mutation_key" })
  mutationKey!: string;
}
