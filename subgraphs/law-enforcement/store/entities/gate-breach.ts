import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { GateCondition } from "../../domain/contact-outcome";

/** The report of one contact that was made in breach of the gate: who met him, when and where is in the contact. */
@Entity("gate_breach")
export class GateBreachRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  contactId!: string;

  /** What did not hold when he was contacted. */
  @Column("text", { array: true })
  failed!: GateCondition[];

  @Column("text")
  reportedBy!: string;

  @Column("timestamptz")
  reportedAt!: Date;

  @Column("text", { nullable: true })
  review!: string | null;

  @Column("text", { nullable: true })
  reviewedBy!: string | null;

  @Column("timestamptz", { nullable: true })
  reviewedAt!: Date | null;
}
