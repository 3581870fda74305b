import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { ConflictReason } from "../../domain/conflict";

/** An employee of a partner who is cut off from a person. */
@Entity("conflict_of_interest")
export class ConflictOfInterestRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("text")
  agency!: string;

  @Column("text")
  subject!: string;

  @Column("uuid", { name: "person_id" })
  personId!: string;

  @Column("text")
  why!: ConflictReason;

  /** subject@agency. */
  @Column("text", { name: "recorded_by" })
  recordedBy!: string;

  @Column("timestamptz", { name: "recorded_at" })
  recordedAt!: Date;

  @Column("text", { name: "ended_by", nullable: true })
  endedBy!: string | null;

  @Column("timestamptz", { name: "ended_at", nullable: true })
  endedAt!: Date | null;
}
