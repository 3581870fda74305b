import { Column, Entity, PrimaryColumn } from "typeorm";
import type { NewsKind } from "../../domain/case-news";
import type { Level } from "../../domain/level";

/** What law enforcement told of a case of the agency. */
@Entity("case_news")
export class CaseNewsRow {
  @PrimaryColumn("uuid", { name: "event_id" })
  eventId!: string;

  @PrimaryColumn("uuid", { name: "case_id" })
  caseId!: string;

  @Column("text")
  kind!: NewsKind;

  @Column("uuid", { name: "contact_id", nullable: true })
  contactId!: string | null;

  @Column("text", { nullable: true })
  level!: Level | null;

  @Column("timestamptz", { name: "occurred_at" })
  occurredAt!: Date;

  @Column("timestamptz", { name: "planned_for", nullable: true })
  plannedFor!: Date | null;

  @Column("boolean")
  historic!: boolean;

  @Column("timestamptz", { name: "received_at" })
  receivedAt!: Date;
}

/** News that was taken back: known again if it is told again, and nothing else. */
@Entity("news_taken_back")
export class NewsTakenBackRow {
  @PrimaryColumn("bytea")
  digest!: Buffer;

  @Column("timestamptz", { name: "received_at" })
  receivedAt!: Date;
}
