import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";

/** An abusive partner: one human being, known by a strong key or by a person's decision. */
@Entity("person")
export class PersonRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  /** Who reported it, and under which key: a second import recognises it. */
  @Column("text")
  source!: string;

  @Column("text")
  sourceKey!: string;

  @Column("text")
  familyName!: string;

  @Column("text")
  givenName!: string;

  @Column("text", { array: true })
  aliases!: string[];

  @Column("date", { nullable: true })
  dateOfBirth!: string | null;

  @Column("text")
  sex!: "M" | "F" | "X" | "U";

  @Column("text", { nullable: true })
  stateId!: string | null;

  @Column("text", { nullable: true })
  address!: string | null;

  @Column("text", { nullable: true })
  phone!: string | null;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** He agreed to be referred to this provider; until withdrawn the provider may know him. */
@Entity("referral_agreement")
export class ReferralAgreementRow {
  @PrimaryColumn("uuid")
  personId!: string;

  @PrimaryColumn("text")
  providerAgency!: string;

  @PrimaryColumn("timestamptz")
  agreedAt!: Date;

  @Column("timestamptz", { nullable: true })
  withdrawnAt!: Date | null;

  @Column("text", { nullable: true })
  recordedBy!: string | null;

  @Column("timestamptz", { nullable: true })
  recordedAt!: Date | null;

  @Column("text", { nullable: true })
  withdrawalRecordedBy!: string | null;

  @Column("timestamptz", { nullable: true })
  withdrawalRecordedAt!: Date | null;
}
