import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** A change of custody. Append-only: the latest row is the status, its recordedAt the as-of. */
@Entity("custody_event")
export class CustodyEventRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  status!: "booked" | "bailed" | "released" | "escaped";

  @Column("text", { nullable: true })
  facility!: string | null;

  @Column("timestamptz")
  occurredAt!: Date;

  @Column("timestamptz", { nullable: true })
  releaseExpectedAt!: Date | null;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** A condition of bail, release, probation or parole. */
@Entity("release_condition")
export class ReleaseConditionRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  kind!: "bail" | "release" | "probation" | "parole";

  /** Names no place: it is of the person, and read by the advocates of every victim of his. */
  @Column("text")
  terms!: string;

  /** As a service provider must respect it, free of addresses; null: not his concern. */
  @Column("text", { nullable: true })
  termsForProvider!: string | null;

  @Column("date")
  effectiveFrom!: string;

  @Column("date", { nullable: true })
  effectiveUntil!: string | null;

  @Column("text", { nullable: true })
  supervisingOfficer!: string | null;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** A breach of conditions, of supervision, or of what the partnership told him. */
@Entity("prohibited_behaviour")
export class ProhibitedBehaviourRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("uuid", { nullable: true })
  conditionId!: string | null;

  @Column("date")
  occurredOn!: string;

  @Column("text")
  description!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}
