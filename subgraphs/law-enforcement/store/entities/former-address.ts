import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** Where an abusive partner, or a victim, lived before. */
@Entity("former_address")
export class FormerAddressRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { nullable: true })
  personId!: string | null;

  @Column("uuid", { nullable: true })
  victimId!: string | null;

  @Column("text")
  address!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}
