import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";

/** That something was expunged, by a court's order; nothing of what it was, or whose. Only ever added to. */
@Entity("expungement")
export class ExpungementRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("text")
  court!: string;

  @Column("text")
  orderNumber!: string;

  @Column("date")
  orderedOn!: string;

  @Column("text")
  recordedBy!: string;

  @Column("timestamptz")
  recordedAt!: Date;
}

/** By which a source's row is known again, and not taken in. Only ever added to. */
@Entity("expunged_source")
export class ExpungedSourceRow {
  @PrimaryColumn("bytea")
  digest!: Buffer;

  @Column("uuid")
  expungementId!: string;
}

/** By which the record of who saw what is shown without it. Only ever added to. */
@Entity("expunged_record")
export class ExpungedRecordRow {
  @PrimaryColumn("uuid")
  recordId!: string;

  @Column("uuid")
  expungementId!: string;
}

/** A letter whose text may be of what was expunged. Only ever added to. */
@Entity("withheld_letter")
export class WithheldLetterRow {
  @PrimaryColumn("uuid")
  letterId!: string;

  @Column("uuid")
  expungementId!: string;
}
