import type { DataSource } from "typeorm";
import { EngagementRow } from "./entities/engagement";

/** One day under a referral, as a provider tells it. */
export interface ToldEngagement {
  readonly referralId: string;
  readonly attendedOn: string;
  readonly attended: boolean;
  readonly recordedBy: string;
}

/** Adds a day, or finds the one that was told before: one referral has each day once. */
export async function recordEngagement(database: DataSource, told: ToldEngagement): Promise<EngagementRow> {
  const entries = database.getRepository(EngagementRow);
  await entries.createQueryBuilder().insert().values(told).orIgnore().execute();
  const { referralId, attendedOn } = told;
  return entries.findOneByOrFail({ referralId, attendedOn });
}
