import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import type { ContactState, RecallReason } from "../../domain/contact-state";
import type { Promised, PromisedTo, PromiseState } from "../../domain/promise";
import type { ContactMeans } from "../../domain/protocol";
import type { Level } from "../../domain/tier-rules";

/** A contact with the abusive partner, from the plan to what came of it. */
@Entity("contact")
export class ContactRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  /** The level of the plan, never A; of a contact that nobody planned his level then, or null for none. */
  @Column("text", { nullable: true })
  level!: Level | null;

  @Column("text")
  means!: ContactMeans;

  @Column("text")
  state!: ContactState;

  @Column("timestamptz")
  plannedFor!: Date;

  @Column("text", { nullable: true })
  place!: string | null;

  @Column("boolean")
  helpOffered!: boolean;

  /** The community messenger who takes part, by his token's subject; with his agency, or neither. */
  @Column("text", { nullable: true })
  messenger!: string | null;

  @Column("text", { nullable: true })
  messengerAgency!: string | null;

  /** When it took place: he was told, would not listen, or was not there. */
  @Column("timestamptz", { nullable: true })
  madeAt!: Date | null;

  /** When it was planned. */
  @Column("timestamptz")
  recordedAt!: Date;

  /** Null: nobody planned it. He was met, and it is a breach. */
  @Column("text", { nullable: true })
  plannedBy!: string | null;

  /** The site's choice when it was planned: closed until every victim of his was told. */
  @Column("boolean")
  gated!: boolean;

  /** So many attempts to reach a victim must have failed before a supervisor may sign instead of a notice. */
  @Column("integer")
  attemptsNeeded!: number;

  @Column("timestamptz", { nullable: true })
  dueBy!: Date | null;

  @Column("timestamptz", { nullable: true })
  releasedAt!: Date | null;

  @Column("text", { nullable: true })
  releasedBy!: string | null;

  @Column("text", { nullable: true })
  madeBy!: string | null;

  @Column("text", { nullable: true })
  message!: string | null;

  @Column("timestamptz", { nullable: true })
  closedAt!: Date | null;

  @Column("text", { nullable: true })
  closedBy!: string | null;

  @Column("text", { nullable: true })
  recallReason!: RecallReason | null;

  /** The call-in to which he is invited; null: none. */
  @Column("uuid", { nullable: true })
  callInId!: string | null;
}

/** The advocacy side was asked and said that no hold stands on the contact; it serves the release recorded with it. */
@Entity("contact_clearance")
export class ContactClearanceRow {
  @PrimaryColumn("uuid")
  contactId!: string;

  @PrimaryColumn("timestamptz")
  answeredAt!: Date;
}

/** A supervisor's signature that enough attempts to reach one victim have failed. */
@Entity("attempts_sign_off")
export class AttemptsSignOffRow {
  @PrimaryColumn("uuid")
  contactId!: string;

  @PrimaryColumn("uuid")
  caseId!: string;

  @Column("text")
  signedBy!: string;

  @Column("timestamptz")
  signedAt!: Date;
}

/** A promise the partnership made, with its owner and its day. */
@Entity("sanction_promise")
export class SanctionPromiseRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  promisedTo!: PromisedTo;

  @Column("text")
  promised!: Promised;

  /** The case it is about; never null of a promise to a victim. */
  @Column("uuid", { nullable: true })
  caseId!: string | null;

  @Column("text")
  text!: string;

  @Column("text")
  ownerAgency!: string;

  @Column("date")
  dueOn!: string;

  @Column("text")
  state!: PromiseState;

  @Column("text")
  madeBy!: string;

  @Column("timestamptz")
  recordedAt!: Date;

  @Column("text", { nullable: true })
  note!: string | null;

  @Column("timestamptz", { nullable: true })
  settledAt!: Date | null;

  @Column("text", { nullable: true })
  settledBy!: string | null;
}
