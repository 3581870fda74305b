import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import type { SpeakerKind } from "../../domain/call-in-form";
import type { CallInState } from "../../domain/call-in-state";

/** A call-in: those who are invited are its contacts. */
@Entity("call_in")
export class CallInRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("timestamptz")
  plannedFor!: Date;

  @Column("text")
  place!: string;

  @Column("text")
  state!: CallInState;

  /** Help is part of what they are told. */
  @Column("boolean")
  helpOffered!: boolean;

  /** The community messenger who takes part in each contact, by his token's subject; with his agency, or neither. */
  @Column("text", { nullable: true })
  messenger!: string | null;

  @Column("text", { nullable: true })
  messengerAgency!: string | null;

  @Column("text")
  plannedBy!: string;

  @Column("timestamptz")
  recordedAt!: Date;

  /** When it was first recorded who came, or when it was called off. */
  @Column("timestamptz", { nullable: true })
  closedAt!: Date | null;

  @Column("text", { nullable: true })
  closedBy!: string | null;
}

/** Somebody who speaks at a call-in. */
@Entity("call_in_speaker")
export class CallInSpeakerRow {
  @PrimaryColumn("uuid")
  callInId!: string;

  /** In the order in which they were named, from 1. */
  @PrimaryColumn("integer")
  position!: number;

  @Column("text")
  name!: string;

  @Column("text")
  role!: string;

  @Column("text")
  kind!: SpeakerKind;
}
