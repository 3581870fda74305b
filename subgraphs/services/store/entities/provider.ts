import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("provider")
export class ProviderRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("text")
  agency!: string;

  @Column("text")
  name!: string;

  @Column("text", { array: true, default: () => "'{}'" })
  languages!: string[];

  @Column("integer")
  capacity!: number;

  @Column("text", { nullable: true })
  hours!: string | null;

  @Column("text", { nullable: true })
  area!: string | null;
}
