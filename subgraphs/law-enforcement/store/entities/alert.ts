import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { EscalationTarget } from "../../domain/escalation";

/** Somebody of the assigned agency confirmed an alert. Only ever added to. */
@Entity("alert_acknowledgement")
export class AlertAcknowledgementRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  /** The event's id. */
  @Column("uuid")
  alertId!: string;

  @Column("text")
  agency!: string;

  @Column("text")
  subject!: string;

  @Column("timestamptz")
  acknowledgedAt!: Date;
}

/** Somebody was told of an alert that nobody had confirmed. Only ever added to. */
@Entity("alert_escalation")
export class AlertEscalationRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  alertId!: string;

  @Column("uuid")
  personId!: string;

  /** Null: of a case that is nobody's. */
  @Column("text", { nullable: true })
  agency!: string | null;

  @Column("integer")
  step!: number;

  @Column("text")
  target!: EscalationTarget;

  @Column("timestamptz")
  toldAt!: Date;
}
