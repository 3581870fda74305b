import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import type { ReleasableElement } from "../../domain/release";

/** A release as it was signed; whether it was revoked stands in a row of its own. */
@Entity("release")
export class ReleaseRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "case_id" })
  caseId!: string;

  @Column("text")
  discloser!: string;

  @Column("text", { name: "recipient_agency" })
  recipientAgency!: string;

  @Column("text", { name: "recipient_subject", nullable: true })
  recipientSubject!: string | null;

  @Column("text", { name: "recipient_name" })
  recipientName!: string;

  @Column("text", { array: true })
  elements!: ReleasableElement[];

  @Column("text")
  purpose!: string;

  @Column("timestamptz", { name: "starts_at" })
  startsAt!: Date;

  @Column("timestamptz", { name: "expires_at" })
  expiresAt!: Date;

  @Column("text")
  language!: string;

  @Column("text", { name: "explained_by" })
  explainedBy!: string;

  @Column("text", { name: "signed_copy" })
  signedCopy!: string;

  @Column("timestamptz", { name: "recorded_at" })
  recordedAt!: Date;

  @Column("text", { name: "recorded_by" })
  recordedBy!: string;

  @Column("text", { name: "mutation_key" })
  mutationKey!: string;

  @Column("text", { name: "input_digest" })
  inputDigest!: string;
}

@Entity("release_revocation")
export class ReleaseRevocationRow {
  @PrimaryColumn("uuid", { name: "release_id" })
  releaseId!: string;

  @Column("timestamptz", { name: "revoked_at" })
  revokedAt!: Date;

  @Column("text", { name: "revoked_by" })
  revokedBy!: string;

  @Column("text", { name: "mutation_key" })
  mutationKey!: string;
}
