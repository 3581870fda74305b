import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";

/** An order of protection in one case. */
@Entity("order_of_protection")
export class OrderOfProtectionRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  caseId!: string;

  @Column("uuid")
  personId!: string;

  @Column("text")
  docket!: string;

  @Column("text")
  terms!: string;

  /** What a service provider must respect, free of addresses. */
  @Column("text", { nullable: true })
  termsForProvider!: string | null;

  @Column("text", { array: true })
  protectedAddresses!: string[];

  @Column("date")
  issuedOn!: string;

  @Column("date", { nullable: true })
  servedOn!: string | null;

  @Column("date")
  expiresOn!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** It was told that an order is about to expire. */
@Entity("order_expiry_notice")
export class OrderExpiryNoticeRow {
  @PrimaryColumn("uuid")
  orderId!: string;

  @PrimaryColumn("date")
  expiresOn!: string;

  @Column("timestamptz")
  toldAt!: Date;
}

/** A violation of an order of protection. */
@Entity("order_violation")
export class OrderViolationRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("uuid")
  orderId!: string;

  @Column("uuid", { nullable: true })
  incidentId!: string | null;

  @Column("date")
  occurredOn!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}
