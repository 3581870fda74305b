import { Column, Entity, PrimaryColumn } from "typeorm";

/** What somebody told under a key of his own. */
@Entity("told_request")
export class ToldRequestRow {
  @PrimaryColumn("text")
  agency!: string;

  @PrimaryColumn("text")
  subject!: string;

  @PrimaryColumn("uuid")
  key!: string;

  @Column("text")
  digest!: string;

  @Column("uuid", { name: "record_id", nullable: true })
  recordId!: string | null;

  @Column("timestamptz", { name: "told_at" })
  toldAt!: Date;
}
