import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import type { ConferenceState } from "../../domain/conference";
import type { Level } from "../../domain/tier-rules";

/** A meeting of the partners about the cases that are new, moved or open. */
@Entity("conference")
export class ConferenceRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("timestamptz")
  startsAt!: Date;

  @Column("text")
  place!: string;

  @Column("text")
  state!: ConferenceState;

  @Column("timestamptz")
  agendaFrom!: Date;

  @Column("text")
  plannedBy!: string;

  @Column("timestamptz")
  recordedAt!: Date;

  @Column("timestamptz", { nullable: true })
  closedAt!: Date | null;

  @Column("text", { nullable: true })
  closedBy!: string | null;
}

/** Somebody who took part. */
@Entity("conference_attendee")
export class ConferenceAttendeeRow {
  @PrimaryColumn("uuid")
  conferenceId!: string;

  @PrimaryColumn("text")
  agency!: string;

  @PrimaryColumn("text")
  subject!: string;
}

/** What a conference decided of one person. It has no words of its own: what was said there stays there. */
@Entity("conference_decision")
export class ConferenceDecisionRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  conferenceId!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  kind!: "confirmed" | "kept" | "settled" | "lowered";

  /** The level in force after it; null: none is. */
  @Column("text", { nullable: true })
  level!: Level | null;

  @Column("text")
  recordedBy!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}
