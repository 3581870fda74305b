import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity("safety_plan")
export class SafetyPlanRow {
  @PrimaryColumn("uuid", { name: "client_id" })
  clientId!: string;

  @Column("text")
  text!: string;

  @Column("timestamptz", { name: "updated_at", default: () => "now()" })
  updatedAt!: Date;
}
