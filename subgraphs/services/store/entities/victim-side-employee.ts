import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("victim_side_employee")
export class VictimSideEmployeeRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("text")
  agency!: string;

  @Column("text")
  subject!: string;

  @Column("text", { name: "recorded_by" })
  recordedBy!: string;

  @Column("timestamptz", { name: "recorded_at" })
  recordedAt!: Date;

  @Column("text", { name: "ended_by", nullable: true })
  endedBy!: string | null;

  @Column("timestamptz", { name: "ended_at", nullable: true })
  endedAt!: Date | null;
}
