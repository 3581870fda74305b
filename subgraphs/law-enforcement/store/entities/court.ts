import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** A charge filed against a person. */
@Entity("charge")
export class ChargeRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  /** Who reported it, and under which key: a second import recognises it. */
  @Column("text")
  source!: string;

  @Column("text")
  sourceKey!: string;

  /** Null: it was the wrong man's, and nobody knows yet whose it is. */
  @Column("uuid", { nullable: true })
  personId!: string | null;

  @Column("uuid", { nullable: true })
  incidentId!: string | null;

  @Column("text")
  offenceCode!: string;

  @Column("text")
  title!: string;

  @Column("boolean")
  ipv!: boolean;

  @Column("text", { array: true })
  weaponCodes!: string[];

  @Column("text", { nullable: true })
  docket!: string | null;

  @Column("date")
  filedOn!: string;

  @Column("date", { nullable: true })
  courtDate!: string | null;

  @Column("text")
  disposition!: "pending" | "convicted" | "dismissed" | "acquitted";

  @Column("date", { nullable: true })
  dispositionOn!: string | null;

  @Column("text")
  provenance!: "local" | "court";

  @Column("timestamptz")
  recordedAt!: Date;
}

/** An older offence from another source than the charges. */
@Entity("prior_record")
export class PriorRecordRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  provenance!: "local" | "court" | "ncic";

  @Column("text")
  offenceCode!: string;

  @Column("text")
  title!: string;

  @Column("boolean")
  ipv!: boolean;

  @Column("date")
  occurredOn!: string;

  @Column("text")
  disposition!: "pending" | "convicted" | "dismissed" | "acquitted";

  @Column("timestamptz")
  recordedAt!: Date;
}

/** A warrant; active until cleared. */
@Entity("warrant")
export class WarrantRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  number!: string;

  @Column("text")
  offenceTitle!: string;

  @Column("date")
  issuedOn!: string;

  @Column("date", { nullable: true })
  clearedOn!: string | null;

  @Column("timestamptz")
  recordedAt!: Date;
}
