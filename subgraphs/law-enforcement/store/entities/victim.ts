import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";

/** A victim as police know her. */
@Entity("victim")
export class VictimRow {
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

  @Column("date", { nullable: true })
  dateOfBirth!: string | null;

  /** In an address confidentiality programme this is the programme's substitute; the real one is never stored here. */
  @Column("text", { nullable: true })
  address!: string | null;

  @Column("boolean")
  addressIsSubstitute!: boolean;

  @Column("text", { nullable: true })
  phone!: string | null;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** How this victim may be reached without danger to her. */
@Entity("safe_contact_rule")
export class SafeContactRuleRow {
  @PrimaryColumn("uuid")
  victimId!: string;

  @Column("boolean")
  mayCall!: boolean;

  @Column("boolean")
  mayWrite!: boolean;

  @Column("boolean")
  mayLeaveMessage!: boolean;

  @Column("text", { nullable: true })
  hours!: string | null;

  @Column("text")
  language!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}
