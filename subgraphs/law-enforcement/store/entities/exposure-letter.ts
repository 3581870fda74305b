import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { LetterState } from "../../domain/letter-state";
import type { OffenderLetterKind, Reviewer } from "../../domain/offender-letter";

/** A letter to the abusive partner: that he is watched, or his own legal exposure. */
@Entity("exposure_letter")
export class ExposureLetterRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  kind!: OffenderLetterKind;

  @Column("text")
  state!: LetterState;

  @Column("text")
  text!: string;

  /** With the template, the file and its hash; or, of a letter of which the text alone is known, none of them. */
  @Column("text", { nullable: true })
  language!: string | null;

  @Column("text", { nullable: true })
  templateId!: string | null;

  @Column("integer", { nullable: true })
  templateVersion!: number | null;

  /** Read only when it is asked for. */
  @Column("bytea", { nullable: true, select: false })
  pdf!: Buffer | null;

  /** SHA-256, hexadecimal. */
  @Column("text", { nullable: true })
  pdfHash!: string | null;

  @Column("timestamptz")
  draftedAt!: Date;

  @Column("text")
  draftedBy!: string;

  @Column("text", { nullable: true })
  approvedBy!: string | null;

  @Column("text", { nullable: true })
  approvedAs!: Reviewer | null;

  @Column("timestamptz", { nullable: true })
  approvedAt!: Date | null;

  @Column("date", { nullable: true })
  servedOn!: string | null;

  @Column("timestamptz", { nullable: true })
  servedAt!: Date | null;

  @Column("text", { nullable: true })
  servedHow!: "handed-over" | "mailed" | "left-at-home" | null;

  @Column("text", { nullable: true })
  servedBy!: string | null;

  /** The contact at which it was served. */
  @Column("uuid", { nullable: true })
  contactId!: string | null;

  @Column("timestamptz", { nullable: true })
  closedAt!: Date | null;

  @Column("text", { nullable: true })
  closedBy!: string | null;
}
