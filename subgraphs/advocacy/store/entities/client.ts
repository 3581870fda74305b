import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("client")
export class ClientRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "case_id", nullable: true })
  caseId!: string | null;

  @Column("text", { name: "preferred_name" })
  preferredName!: string;

  @Column("text", { nullable: true })
  phone!: string | null;

  @Column("text", { nullable: true })
  address!: string | null;

  @Column("timestamptz", { name: "registered_at", default: () => "now()" })
  registeredAt!: Date;
}
