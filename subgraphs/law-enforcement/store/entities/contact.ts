import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** A contact with the abusive partner, planned or made. */
@Entity("contact")
export class ContactRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  level!: "B" | "C" | "D";

  @Column("text")
  means!: "letter" | "notification" | "custom-notification" | "call-in";

  @Column("text")
  state!: "planned" | "made" | "refused" | "cancelled";

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

  @Column("timestamptz", { nullable: true })
  madeAt!: Date | null;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** A letter that tells him his own legal exposure. */
@Entity("exposure_letter")
export class ExposureLetterRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  text!: string;

  @Column("timestamptz")
  draftedAt!: Date;

  @Column("text", { nullable: true })
  approvedBy!: string | null;

  @Column("date", { nullable: true })
  servedOn!: string | null;
}

/** A promise the partnership made, with its owner and its day. */
@Entity("sanction_promise")
export class SanctionPromiseRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  promisedTo!: "offender" | "victim" | "community";

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
  state!: "open" | "kept" | "broken" | "withdrawn";

  @Column("timestamptz")
  recordedAt!: Date;
}
