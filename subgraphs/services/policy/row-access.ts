import { GraphQLError } from "graphql";
import type { DataSource } from "typeorm";
import { problemsOf, type EngagementProblem } from "../domain/engagement";
import type { NeedKind } from "../domain/need";
import { noticeOf, type Disclosure } from "../domain/part2";
import { isRunning, type ServiceKind } from "../domain/referral";
import { standingOf, type Standing } from "../domain/standing";
import { referralDisclosure, seesEveryPromise, standpointOf, type Reader } from "../domain/standpoint";
import { personsByService } from "../store/engagement-figures";
import { EngagementRow } from "../store/entities/engagement";
import { HelpPromiseRow } from "../store/entities/help-promise";
import { NeedRow } from "../store/entities/need";
import { ProviderRow } from "../store/entities/provider";
import { createPersonRecords, knownForm, type ReferralRecord } from "../store/person-records";
import { recordEngagement, type ToldEngagement } from "../store/record-engagement";
import { referralPage } from "../store/referral-page";

export type ShownReferral = ReferralRecord & { readonly redisclosureNotice: string | null };
export type ShownEngagement = EngagementRow & {
  readonly service: ServiceKind;
  readonly redisclosureNotice: string | null;
};

/**
 * The one way to the services' rows, for one request: queries, references and mutations all pass here. Of a person not
 * referred to his agency a provider learns nothing: null, as of one who does not exist.
 *
 * A messenger gets what a person told the partners to pass on by the person's opaque id alone: he has it from law
 * enforcement, which hands it to him for a contact of his own and knows of no other agency's records.
 */
export interface RowAccess {
  needs(personId: string): Promise<NeedRow[] | null>;
  needsToPassOn(personId: string): Promise<NeedKind[] | null>;
  referrals(personId: string): Promise<ShownReferral[] | null>;
  engagement(personId: string): Promise<ShownEngagement[] | null>;
  standing(personId: string): Promise<Standing>;
  helpPromises(personId: string): Promise<HelpPromiseRow[]>;
  ownReferrals(first: number, after: string | null): Promise<ShownReferral[]>;
  providers(): Promise<ProviderRow[]>;
  providerOf(agency: string): Promise<ProviderRow>;
  engagementFigures(): Promise<{ key: ServiceKind; count: number }[]>;
  recordEngagement(
    told: Omit<ToldEngagement, "recordedBy">,
  ): Promise<ShownEngagement | { readonly problems: readonly EngagementProblem[] }>;
}

/** The one answer to everyone who would need a release, whoever the person is and whether or not he is known. */
function releaseRequired(): GraphQLError {
  return new GraphQLError("Shown only under a live release of information that names you.", {
    extensions: { code: "RELEASE_REQUIRED" },
  });
}

export function createRowAccess(reader: Reader, database: DataSource, now: () => Date): RowAccess {
  const records = createPersonRecords(database);
  const isProvider = reader.roles.includes("provider");

  async function visible(personId: string): Promise<{ referral: ReferralRecord; disclosure: Disclosure }[]> {
    const referrals = await records.referrals(personId);
    return referrals
      .map((referral) => ({ referral, disclosure: referralDisclosure(reader, referral, now()) }))
      .filter(({ disclosure }) => disclosure !== "withheld");
  }

  /** A provider knows a person while a referral to his agency runs. */
  async function knows(personId: string): Promise<boolean> {
    return !isProvider || (await visible(personId)).some(({ referral }) => isRunning(referral));
  }

  function requireStandpoint(element: "service-needs" | "service-attendance"): void {
    if (standpointOf(reader, element) === "release-required") throw releaseRequired();
  }

  const shown = (referral: ReferralRecord, how: Disclosure): ShownReferral => ({
    ...referral,
    redisclosureNotice: noticeOf(how),
  });

  return {
    async needs(personId) {
      requireStandpoint("service-needs");
      return (await knows(personId)) ? records.needs(personId) : null;
    },
    async needsToPassOn(personId) {
      if (!(await knows(personId))) return null;
      return (await records.needs(personId)).filter(({ passedOn }) => passedOn).map(({ kind }) => kind);
    },
    async referrals(personId) {
      requireStandpoint("service-needs");
      const referrals = await visible(personId);
      if (isProvider && referrals.length === 0) return null;
      return referrals.map(({ referral, disclosure }) => shown(referral, disclosure));
    },
    async engagement(personId) {
      requireStandpoint("service-attendance");
      const referrals = await visible(personId);
      if (isProvider && referrals.length === 0) return null;
      const days = await Promise.all(
        referrals.map(async ({ referral, disclosure }) =>
          (await records.engagement(referral.id)).map((day) => ({
            ...day,
            service: referral.service,
            redisclosureNotice: noticeOf(disclosure),
          })),
        ),
      );
      return days.flat().sort((a, b) => b.attendedOn.localeCompare(a.attendedOn));
    },
    async standing(personId) {
      const referrals = await visible(personId);
      return standingOf(
        await Promise.all(
          referrals.map(async ({ referral, disclosure }) => ({
            referral,
            disclosure,
            attended: (await records.engagement(referral.id)).some(({ attended }) => attended),
          })),
        ),
      );
    },
    async helpPromises(personId) {
      const promises = await records.promises(personId);
      if (seesEveryPromise(reader)) return promises;
      return promises.filter(({ ownerAgency }) => ownerAgency === reader.agency);
    },
    async ownReferrals(first, after) {
      const page = await referralPage(database, reader.agency, first, after && knownForm(after));
      return (await records.withConsents(page)).map((referral) => shown(referral, "free"));
    },
    providers: () => database.getRepository(ProviderRow).find({ order: { name: "ASC", id: "ASC" } }),
    async providerOf(agency) {
      const provider = await records.provider(agency);
      if (provider === null) throw new Error("A referral names a provider that is not there.");
      return provider;
    },
    engagementFigures: () => personsByService(database),
    async recordEngagement(told) {
      const referral = await records.referral(told.referralId);
      if (referral === null || !isProvider || referralDisclosure(reader, referral, now()) === "withheld") {
        return { problems: ["REFERRAL_NOT_FOUND"] };
      }
      const problems = problemsOf(told.attendedOn, referral, now());
      if (problems.length > 0) return { problems };
      const entry = await recordEngagement(database, {
        ...told,
        referralId: referral.id,
        recordedBy: reader.subject,
      });
      if (entry.attended !== told.attended) return { problems: ["ALREADY_RECORDED_OTHERWISE"] };
      return { ...entry, service: referral.service, redisclosureNotice: null };
    },
  };
}
