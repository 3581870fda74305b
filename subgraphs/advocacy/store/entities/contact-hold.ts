import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** A hold on a planned contact. There is no column for why. */
@Entity("contact_hold")
export class ContactHoldRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "contact_id" })
  contactId!: string;

  @Column("integer")
  hours!: number;

  @Column("text", { name: "placed_by" })
  placedBy!: string;

  @Column("timestamptz", { name: "placed_at" })
  placedAt!: Date;

  @Column("timestamptz", { name: "expires_at" })
  expiresAt!: Date;

  @Column("text", { name: "mutation_key" })
  mutationKey!: string;

  @Column("timestamptz", { name: "withdrawn_at", nullable: true })
  withdrawnAt!: Date | null;

  @Column("text", { name: "withdrawn_key", nullable: true })
  withdrawnKey!: string | null;
}
