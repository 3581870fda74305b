import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { LeverKind } from "../../domain/lever";
import type { PullState } from "../../domain/lever-state";

/** A lever that somebody pulled, and what came of it. It names no victim. */
@Entity("lever_pull")
export class LeverPullRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  kind!: LeverKind;

  /** The warrant, condition or charge; it may be gone since. */
  @Column("uuid", { nullable: true })
  recordId!: string | null;

  @Column("text")
  state!: PullState;

  @Column("text")
  tried!: string;

  @Column("timestamptz")
  triedAt!: Date;

  @Column("text")
  triedBy!: string;

  @Column("text")
  recordedBy!: string;

  @Column("timestamptz")
  recordedAt!: Date;

  @Column("text", { nullable: true })
  note!: string | null;

  @Column("text", { nullable: true })
  endedBy!: string | null;

  @Column("timestamptz", { nullable: true })
  endedAt!: Date | null;
}
