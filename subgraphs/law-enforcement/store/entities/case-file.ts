import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** A case: one person and one victim, the unit partners work on. */
@Entity("case_file")
export class CaseFileRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("uuid")
  victimId!: string;

  /** The community advocacy agency that works with this victim; its id in site/partners.json. */
  @Column("text", { nullable: true })
  assignedAgency!: string | null;

  @Column("timestamptz", { nullable: true })
  assignedAt!: Date | null;

  @Column("timestamptz")
  openedAt!: Date;
}

/** What the justice side did to reach a victim. */
@Entity("justice_outreach")
export class JusticeOutreachRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  caseId!: string;

  @Column("text")
  kind!: "victim-notice" | "notice-attempt" | "visit" | "call" | "letter";

  @Column("text")
  outcome!: "reached" | "not-reached" | "declined";

  @Column("timestamptz")
  madeAt!: Date;

  @Column("text")
  madeBy!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** A lethality screen by police (Maryland LAP). */
@Entity("lethality_screen")
export class LethalityScreenRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  caseId!: string;

  @Column("uuid", { nullable: true })
  incidentId!: string | null;

  /** By question number. */
  @Column("jsonb")
  answers!: Record<string, "yes" | "no" | "unknown" | "not asked">;

  @Column("boolean")
  highDanger!: boolean;

  @Column("timestamptz")
  screenedAt!: Date;
}
