import { Column, Entity } from "typeorm";
import { ConferenceActionRow } from "../../../../platform/conference-action/action-row";

/** What a provider took on at a conference. */
@Entity("conference_action")
export class ServicesActionRow extends ConferenceActionRow {
  /** Under which the provider knows the person it is about; null: it is about nobody. */
  @Column("uuid", { name: "referral_id", nullable: true })
  referralId!: string | null;
}
