import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

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

  /** The client's own key of the request that recorded it. */
  @Column("text")
  mutationKey!: string;
}
