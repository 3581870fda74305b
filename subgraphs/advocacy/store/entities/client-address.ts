import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** An address that a client has or had. */
@Entity("client_address")
export class ClientAddressRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "client_id" })
  clientId!: string;

  @Column("text")
  address!: string;

  @Column("timestamptz", { name: "recorded_at" })
  recordedAt!: Date;

  @Column("text", { name: "recorded_by" })
  recordedBy!: string;
}
