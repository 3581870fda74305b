import type { DataSource } from "typeorm";
import { countedBy, type Counted } from "../../../platform/policy/figure";
import type { HelpPromiseState } from "../domain/help-promise";
import { NeedKind } from "../domain/need";
import { ReferralState } from "../domain/referral";

/*
 * One statement a figure, over all records whoever asks (SV17). Dimensions are fixed and nothing filters them. Persons are
 * counted, never records; one who stands under several labels counts in each.
 */

/** Persons by kind of what they need. */
export async function personsByNeed(database: DataSource): Promise<Counted> {
  return countedBy(
    Object.values(NeedKind),
    await database.query(
      "SELECT kind AS label, count(DISTINCT person_id)::int AS count FROM need GROUP BY kind",
    ),
  );
}

/** Persons by state of their referrals. */
export async function personsByReferral(database: DataSource): Promise<Counted> {
  return countedBy(
    Object.values(ReferralState),
    await database.query(
      "SELECT state AS label, count(DISTINCT person_id)::int AS count FROM referral GROUP BY state",
    ),
  );
}

const PROMISE_STATES: Record<HelpPromiseState, true> = {
  ...{ open: true, kept: true, broken: true, withdrawn: true },
};

/** Persons by state of the help promised to them. */
export async function personsByHelpPromise(database: DataSource): Promise<Counted> {
  return countedBy(
    Object.keys(PROMISE_STATES),
    await database.query(
      "SELECT state AS label, count(DISTINCT person_id)::int AS count FROM help_promise GROUP BY state",
    ),
  );
}
