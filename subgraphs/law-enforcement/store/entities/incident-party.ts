import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import type { RelationshipClass } from "../../domain/relationship-codes";

/** An offender in one incident; a person only once a strong key or a human made him one. */
@Entity("incident_subject")
export class IncidentSubjectRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  incidentId!: string;

  @Column("text")
  sourceKey!: string;

  @Column("uuid", { nullable: true })
  personId!: string | null;

  @Column("smallint", { nullable: true })
  age!: number | null;

  @Column("text")
  sex!: "M" | "F" | "X" | "U";
}

/** A victim in one incident. */
@Entity("incident_victim")
export class IncidentVictimRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  incidentId!: string;

  @Column("text")
  sourceKey!: string;

  @Column("uuid", { nullable: true })
  victimId!: string | null;

  @Column("text")
  typeCode!: string;

  @Column("smallint", { nullable: true })
  age!: number | null;

  @Column("text")
  sex!: "M" | "F" | "X" | "U";
}

/** Which offence was against which victim. */
@Entity("victim_offence")
export class VictimOffenceRow {
  @PrimaryColumn("uuid")
  incidentVictimId!: string;

  @PrimaryColumn("bigint")
  offenceId!: string;
}

/** An injury of a victim, by its NIBRS code. */
@Entity("victim_injury")
export class VictimInjuryRow {
  @PrimaryColumn("uuid")
  incidentVictimId!: string;

  @PrimaryColumn("text")
  code!: string;
}

/** What a victim is to an offender, pair by pair. */
@Entity("relationship")
export class RelationshipRow {
  @PrimaryColumn("uuid")
  incidentVictimId!: string;

  @PrimaryColumn("uuid")
  incidentSubjectId!: string;

  /** NIBRS data element 35, as the source gave it. */
  @PrimaryColumn("text")
  code!: string;

  /** The hub's own word beside it (a child in common has no NIBRS code). */
  @Column("text", { nullable: true })
  stated!: string | null;

  @Column("text")
  class!: RelationshipClass;
}

/** An arrest; NIBRS does not say of which offender, then there is neither subject nor person. */
@Entity("arrest")
export class ArrestRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  /** Who reported it, and under which key: a second import recognises it. */
  @Column("text")
  source!: string;

  @Column("text")
  sourceKey!: string;

  @Column("uuid", { nullable: true })
  incidentId!: string | null;

  @Column("uuid", { nullable: true })
  incidentSubjectId!: string | null;

  @Column("uuid", { nullable: true })
  personId!: string | null;

  @Column("date")
  arrestedOn!: string;

  @Column("text", { nullable: true })
  typeCode!: "O" | "S" | "T" | null;

  @Column("text", { nullable: true })
  offenceCode!: string | null;

  @Column("timestamptz")
  recordedAt!: Date;
}
