import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { VictimLetterState } from "../../domain/victim-letter";

/** A letter to the victim of a case. */
@Entity("victim_letter")
export class VictimLetterRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "case_id" })
  caseId!: string;

  @Column("text")
  state!: VictimLetterState;

  @Column("text")
  text!: string;

  @Column("text")
  language!: string;

  @Column("text", { name: "template_id" })
  templateId!: string;

  @Column("integer", { name: "template_version" })
  templateVersion!: number;

  /** Read only when it is asked for. */
  @Column("bytea", { select: false })
  pdf!: Buffer;

  /** SHA-256, hexadecimal. */
  @Column("text", { name: "pdf_hash" })
  pdfHash!: string;

  @Column("timestamptz", { name: "drafted_at" })
  draftedAt!: Date;

  @Column("text", { name: "drafted_by" })
  draftedBy!: string;

  @Column("timestamptz", { name: "approved_at", nullable: true })
  approvedAt!: Date | null;

  @Column("text", { name: "approved_by", nullable: true })
  approvedBy!: string | null;

  /** When it was mailed or withdrawn, and by whom. */
  @Column("timestamptz", { name: "closed_at", nullable: true })
  closedAt!: Date | null;

  @Column("text", { name: "closed_by", nullable: true })
  closedBy!: string | null;
}
