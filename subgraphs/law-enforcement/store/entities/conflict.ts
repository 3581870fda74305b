import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import type { ConflictReason } from "../../domain/conflict";

/** An employee of a partner who is cut off from a case, or from a person with all that hangs on him. */
@Entity("conflict_of_interest")
export class ConflictOfInterestRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("text")
  agency!: string;

  @Column("text")
  subject!: string;

  /** Either a case or a person. */
  @Column("uuid", { nullable: true })
  caseId!: string | null;

  @Column("uuid", { nullable: true })
  personId!: string | null;

  @Column("text")
  why!: ConflictReason;

  /** subject@agency. */
  @Column("text")
  recordedBy!: string;

  @Column("timestamptz")
  recordedAt!: Date;

  @Column("text", { nullable: true })
  endedBy!: string | null;

  @Column("timestamptz", { nullable: true })
  endedAt!: Date | null;
}

/** A case that on the justice side only named readers may open. */
@Entity("compartment")
export class CompartmentRow {
  @PrimaryColumn("uuid")
  caseId!: string;

  @Column("text")
  openedBy!: string;

  @Column("timestamptz")
  openedAt!: Date;
}

/** A named reader of a compartment. */
@Entity("compartment_reader")
export class CompartmentReaderRow {
  @PrimaryColumn("uuid")
  caseId!: string;

  @PrimaryColumn("text")
  agency!: string;

  @PrimaryColumn("text")
  subject!: string;

  @Column("text")
  namedBy!: string;

  @Column("timestamptz")
  namedAt!: Date;
}
