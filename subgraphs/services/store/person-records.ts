import DataLoader from "dataloader";
import type { DataSource } from "typeorm";
import { loaderOf } from "../../../platform/store/loader";
import { isUuid } from "../../../platform/store/uuid";
import { openPersons } from "../policy/conflict-wall";
import { agencyOf } from "../domain/name";
import type { ReferralFacts } from "../domain/referral";
import { EngagementRow } from "./entities/engagement";
import { HelpPromiseRow } from "./entities/help-promise";
import { NeedRow } from "./entities/need";
import { Part2ConsentRow } from "./entities/part2-consent";
import { ProviderRow } from "./entities/provider";
import { ReferralRow } from "./entities/referral";
import { SmallHelpRow } from "./entities/small-help";
import { offeredBy, type OfferedService } from "./directory";

/** A referral with the Part 2 consents given for it. */
export type ReferralRecord = ReferralRow &
  ReferralFacts & { readonly part2Consents: readonly Part2ConsentRow[] };

/** A referral as the rules need it. */
export function referralRecord(row: ReferralRow, part2Consents: readonly Part2ConsentRow[]): ReferralRecord {
  return {
    ...row,
    part2Consents,
    referredByAgency: row.referredBy === null ? null : agencyOf(row.referredBy),
  };
}

/** The records as they are, before anyone's view of them; each kind read with one statement per request. */
export interface PersonRecords {
  needs(personId: string): Promise<NeedRow[]>;
  promises(personId: string): Promise<HelpPromiseRow[]>;
  referrals(personId: string): Promise<ReferralRecord[]>;
  withConsents(referrals: readonly ReferralRow[]): Promise<ReferralRecord[]>;
  referral(id: string): Promise<ReferralRecord | null>;
  engagement(referralId: string): Promise<EngagementRow[]>;
  provider(agency: string): Promise<ProviderRow | null>;
  smallHelp(personId: string): Promise<SmallHelpRow[]>;
  offered(agency: string): Promise<OfferedService[]>;
  need(id: string): Promise<NeedRow | null>;
  promise(id: string): Promise<HelpPromiseRow | null>;
  smallHelpRequest(id: string): Promise<SmallHelpRow | null>;
  /** Reads all anew. */
  forget(): void;
}

/** The id as the database writes it; null for what no record has as an id, and the database would complain of. */
function knownForm(id: string): string | null {
  return isUuid(id) ? id.toLowerCase() : null;
}

/** `reader`: what hangs on a person from whom a conflict cuts him off is not there for him. */
export function createPersonRecords(
  database: DataSource,
  reader: { readonly agency: string; readonly subject: string },
): PersonRecords {
  const open = openPersons(reader, "row.person_id");
  const needs = loaderOf(
    database,
    NeedRow,
    "personId",
    [
      ["statedAt", "DESC"],
      ["id", "ASC"],
    ],
    open,
  );
  const promises = loaderOf(
    database,
    HelpPromiseRow,
    "personId",
    [
      ["dueOn", "ASC"],
      ["id", "ASC"],
    ],
    open,
  );
  const referrals = loaderOf(
    database,
    ReferralRow,
    "personId",
    [
      ["referredAt", "DESC"],
      ["id", "ASC"],
    ],
    open,
  );
  const referralsById = loaderOf(database, ReferralRow, "id", [], open);
  const consents = loaderOf(database, Part2ConsentRow, "referralId");
  const engagement = loaderOf(database, EngagementRow, "referralId", [
    ["attendedOn", "DESC"],
    ["id", "ASC"],
  ]);
  const providers = loaderOf(database, ProviderRow, "agency");
  const smallHelp = loaderOf(
    database,
    SmallHelpRow,
    "personId",
    [
      ["requestedAt", "DESC"],
      ["id", "ASC"],
    ],
    open,
  );
  const needsById = loaderOf(database, NeedRow, "id", [], open);
  const promisesById = loaderOf(database, HelpPromiseRow, "id", [], open);
  const smallHelpById = loaderOf(database, SmallHelpRow, "id", [], open);
  const offered = new DataLoader<string, OfferedService[]>(async (agencies) => {
    const all = await offeredBy(database, agencies);
    return agencies.map((one) => all.filter(({ agency }) => agency === one));
  });
  const all = [
    ...[needs, promises, referrals, referralsById, consents, engagement, providers],
    ...[smallHelp, needsById, promisesById, smallHelpById, offered],
  ] as const;

  const withConsents = (rows: readonly ReferralRow[]): Promise<ReferralRecord[]> =>
    Promise.all(rows.map(async (row) => referralRecord(row, row.part2 ? await consents.load(row.id) : [])));
  const load = async <Row>(loader: DataLoader<string, Row[]>, id: string): Promise<Row[]> => {
    const key = knownForm(id);
    return key === null ? [] : loader.load(key);
  };

  return {
    needs: (personId) => load(needs, personId),
    promises: (personId) => load(promises, personId),
    referrals: async (personId) => withConsents(await load(referrals, personId)),
    withConsents,
    referral: async (id) => (await withConsents(await load(referralsById, id)))[0] ?? null,
    engagement: (referralId) => load(engagement, referralId),
    provider: async (agency) => (await providers.load(agency))[0] ?? null,
    smallHelp: (personId) => load(smallHelp, personId),
    offered: (agency) => offered.load(agency),
    need: async (id) => (await load(needsById, id))[0] ?? null,
    promise: async (id) => (await load(promisesById, id))[0] ?? null,
    smallHelpRequest: async (id) => (await load(smallHelpById, id))[0] ?? null,
    forget: () => {
      for (const loader of all) loader.clearAll();
    },
  };
}
