import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";

/** A police agency, by its ORI. */
@Entity("reporting_agency")
export class ReportingAgencyRow {
  @PrimaryColumn("text")
  ori!: string;

  @Column("text")
  name!: string;
}

/** An incident as an agency reported it. */
@Entity("incident")
export class IncidentRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  /** Who reported it, and under which key: a second import recognises it. */
  @Column("text")
  source!: string;

  @Column("text")
  sourceKey!: string;

  @Column("text", { nullable: true })
  ori!: string | null;

  @Column("text", { nullable: true })
  caseNumber!: string | null;

  @Column("date")
  occurredOn!: string;

  @Column("smallint", { nullable: true })
  occurredHour!: number | null;

  /** The source gave the day of the report, not of the incident. */
  @Column("boolean")
  dateIsReport!: boolean;

  @Column("text", { nullable: true })
  exceptionalClearance!: string | null;

  @Column("text", { nullable: true })
  narrative!: string | null;

  @Column("text", { nullable: true })
  conferenceSummary!: string | null;

  @Column("boolean")
  intimatePartner!: boolean;

  @Column("boolean")
  dualParty!: boolean;

  /** A digest over every source row; unchanged means the import leaves it alone. */
  @Column("text", { nullable: true })
  sourceFingerprint!: string | null;

  @Column("timestamptz")
  recordedAt!: Date;

  @Column("timestamptz")
  updatedAt!: Date;
}

/** One offence of an incident, by its NIBRS code. */
@Entity("offence")
export class OffenceRow {
  @PrimaryGeneratedColumn("identity", { type: "bigint", generatedIdentity: "ALWAYS" })
  id!: string;

  @Column("uuid")
  incidentId!: string;

  @Column("text")
  sourceKey!: string;

  @Column("text")
  code!: string;

  @Column("text")
  title!: string;

  @Column("boolean")
  completed!: boolean;

  @Column("boolean")
  orderViolation!: boolean;
}

/** A weapon or force used in an offence, by its NIBRS code. */
@Entity("offence_weapon")
export class OffenceWeaponRow {
  @PrimaryColumn("bigint")
  offenceId!: string;

  @PrimaryColumn("text")
  code!: string;
}

/** What a person has to look at before an incident may count. */
@Entity("incident_review")
export class IncidentReviewRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  incidentId!: string;

  @Column("text")
  kind!: "unknown-relationship" | "dual-party";

  @Column("timestamptz")
  openedAt!: Date;

  @Column("timestamptz", { nullable: true })
  resolvedAt!: Date | null;

  @Column("text", { nullable: true })
  resolvedBy!: string | null;

  @Column("text", { nullable: true })
  resolution!: string | null;
}
