import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** A note of the investigation: never outside the investigation and the prosecution. */
@Entity("investigation_note")
export class InvestigationNoteRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  incidentId!: string;

  @Column("text")
  kind!: "informant" | "evidence" | "interview";

  @Column("text")
  text!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** Criminal intelligence, only with a recorded basis of suspicion (28 CFR Part 23). */
@Entity("intelligence")
export class IntelligenceRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  groupNexus!: string;

  @Column("text")
  suspicionBasis!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}
