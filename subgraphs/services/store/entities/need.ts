import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import type { NeedKind } from "../../domain/need";

@Entity("need")
export class NeedRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid", { name: "person_id" })
  personId!: string;

  @Column("text")
  kind!: NeedKind;

  @Column("timestamptz", { name: "stated_at" })
  statedAt!: Date;

  @Column("boolean", { name: "passed_on", default: false })
  passedOn!: boolean;
}
