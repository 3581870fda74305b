import type { EntityManager } from "typeorm";
import { append } from "../../../platform/outbox/append";
import { isHistoric } from "../../../platform/outbox/historic";
import { EngagementRow } from "./entities/engagement";
import { ReferralRow } from "./entities/referral";

/** One day under a referral, as a provider tells it. */
export interface ToldEngagement {
  readonly referralId: string;
  readonly attendedOn: string;
  readonly attended: boolean;
  readonly recordedBy: string;
}

/** Adds a day, and tells of it; its id. One referral has each day once: null, it is recorded otherwise already. */
export async function recordEngagement(manager: EntityManager, told: ToldEngagement): Promise<string | null> {
  const { referralId, attendedOn } = told;
  const added = await manager
    .createQueryBuilder()
    .insert()
    .into(EngagementRow)
    .values(told)
    .orIgnore()
    .returning("id")
    .execute();
  const entry = await manager.findOneByOrFail(EngagementRow, { referralId, attendedOn });
  if ((added.raw as unknown[]).length > 0) await tellOf(manager, entry);
  return entry.attended === told.attended ? entry.id : null;
}

async function tellOf(manager: EntityManager, { id, referralId, attendedOn, recordedAt }: EngagementRow) {
  const { personId } = await manager.findOneByOrFail(ReferralRow, { id: referralId });
  const occurredAt = new Date(`${attendedOn}T00:00:00Z`);
  await append(manager, [
    {
      topic: "referral",
      key: personId,
      facts: { change: "engaged", referralId, engagementId: id },
      occurredAt,
      historic: isHistoric(occurredAt, recordedAt),
      provenance: "local",
    },
  ]);
}
