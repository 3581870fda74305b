import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";

/** A case that went from one advocacy agency, or none, to another, or none. */
@Entity("case_transfer")
export class CaseTransferRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  caseId!: string;

  @Column("text", { nullable: true })
  fromAgency!: string | null;

  @Column("text", { nullable: true })
  toAgency!: string | null;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** How far an advocacy agency has been told the news of its cases. */
@Entity("case_news_place")
export class CaseNewsPlaceRow {
  @PrimaryColumn("text")
  agency!: string;

  @Column("text")
  cursor!: string;

  @Column("timestamptz")
  toldAt!: Date;
}

/** That an advocacy agency was told of an arrest in one of its cases: kept until it is told that it is taken back. */
@Entity("told_arrest")
export class ToldArrestRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("text")
  agency!: string;

  @Column("uuid")
  eventId!: string;

  @Column("uuid")
  caseId!: string;

  @Column("uuid")
  arrestId!: string;
}
