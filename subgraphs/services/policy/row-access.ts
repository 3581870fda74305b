import { GraphQLError } from "graphql";
import type { DataSource } from "typeorm";
import { grantedTo } from "../../../policy/granted";
import {
  readAccessLog,
  type AccessFilter,
  type PlacedAccess,
} from "../../../platform/access-record/access-log";
import { visibleAccesses } from "../../../platform/access-record/visible-accesses";
import type { Counted } from "../../../platform/policy/figure";
import type { Position } from "../../../platform/subgraph/newest-first";
import { problemsOf, type EngagementProblem } from "../domain/engagement";
import type { NeedKind } from "../domain/need";
import { noticeOf, type Disclosure } from "../domain/part2";
import { isRunning, type ServiceKind } from "../domain/referral";
import { standingOf, type Standing } from "../domain/standing";
import { referralDisclosure, standpointOf, type Reader, type ServicesElement } from "../domain/standpoint";
import { personsByService } from "../store/engagement-figures";
import { EngagementRow } from "../store/entities/engagement";
import { HelpPromiseRow } from "../store/entities/help-promise";
import { NeedRow } from "../store/entities/need";
import { ProviderRow } from "../store/entities/provider";
import { personsByHelpPromise, personsByNeed, personsByReferral } from "../store/figures";
import { createPersonRecords, type ReferralRecord } from "../store/person-records";
import { createConflictAccess, type ConflictAccess } from "./conflicts";
import { recordEngagement, type ToldEngagement } from "../store/record-engagement";
import { referralPage } from "../store/referral-page";

export type ShownReferral = ReferralRecord & { readonly redisclosureNotice: string | null };
export type ShownEngagement = EngagementRow & {
  readonly service: ServiceKind;
  readonly redisclosureNotice: string | null;
};

/** A person as the request names him: by id, and whether law enforcement shows him to the reader. Silence is no. */
export interface AskedPerson {
  readonly id: string;
  readonly visible?: boolean;
}

/**
 * The one way to the services' rows, for one request: queries, references and mutations all pass here. Whose rows they
 * are is decided by the reader's standpoint on the element asked for, and without one there are none. Of a person not
 * referred to his agency a provider learns nothing: null, as of one who does not exist.
 */
export interface RowAccess {
  readonly conflicts: ConflictAccess;
  needs(personId: string): Promise<NeedRow[] | null>;
  needsToPassOn(person: AskedPerson): Promise<NeedKind[] | null>;
  referrals(personId: string): Promise<ShownReferral[] | null>;
  engagement(personId: string): Promise<ShownEngagement[] | null>;
  standing(personId: string): Promise<Standing>;
  helpPromises(person: AskedPerson): Promise<HelpPromiseRow[]>;
  ownReferrals(after: Position | null, limit: number): Promise<{ row: ShownReferral; position: Position }[]>;
  providers(): Promise<ProviderRow[]>;
  providerOf(agency: string): Promise<ProviderRow>;
  /** The record of this agency's accesses, as far as the reader may see it, newest first. */
  accesses(filter: AccessFilter, after: Position | null, limit: number): Promise<PlacedAccess[]>;
  needFigures(): Promise<Counted>;
  referralFigures(): Promise<Counted>;
  helpPromiseFigures(): Promise<Counted>;
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

interface Visible {
  readonly referral: ReferralRecord;
  readonly disclosure: Disclosure;
}

export function createRowAccess(reader: Reader, database: DataSource, now: () => Date): RowAccess {
  const records = createPersonRecords(database, reader);

  /** The referrals that the reader may see for one element. Null, as of nobody: none, and there may be some elsewhere. */
  async function visible(element: ServicesElement, personId: string): Promise<Visible[] | null> {
    const standpoint = standpointOf(reader, element);
    if (standpoint === "release-required") throw releaseRequired();
    if (standpoint === "withheld") return null;
    const seen = (await records.referrals(personId))
      .map((referral) => ({
        referral,
        disclosure: referralDisclosure(standpoint, reader.agency, referral, now()),
      }))
      .filter(({ disclosure }) => disclosure !== "withheld");
    return standpoint === "own-agency's" && seen.length === 0 ? null : seen;
  }

  /** Needs hang on no referral: whoever sees those of his own agency knows a person while one to it runs. */
  async function needsFor(
    element: "needs" | "needs-to-pass-on",
    { id: personId, visible: isShown = false }: AskedPerson,
  ): Promise<NeedRow[] | null> {
    switch (standpointOf(reader, element)) {
      case "everyone's":
        return records.needs(personId);
      case "theirs-who-are-shown":
        return isShown ? records.needs(personId) : null;
      case "own-agency's": {
        const his = (await visible(element, personId)) ?? [];
        return his.some(({ referral }) => isRunning(referral)) ? records.needs(personId) : null;
      }
      case "release-required":
        throw releaseRequired();
      default:
        return null;
    }
  }

  const shown = (referral: ReferralRecord, how: Disclosure): ShownReferral => ({
    ...referral,
    redisclosureNotice: noticeOf(how),
  });

  /** Whom a provider knows: who was referred to his agency, and from whom no conflict cuts him off. */
  const knows = async (personId: string) => ((await visible("needs", personId)) ?? []).length > 0;
  const provider = standpointOf(reader, "needs") === "own-agency's";

  return {
    conflicts: createConflictAccess({ ...reader, provider }, database, knows, now),
    needs: (id) => needsFor("needs", { id }),
    async needsToPassOn(person) {
      const needs = await needsFor("needs-to-pass-on", person);
      return needs && needs.filter(({ passedOn }) => passedOn).map(({ kind }) => kind);
    },
    async referrals(personId) {
      const referrals = await visible("needs", personId);
      return referrals && referrals.map(({ referral, disclosure }) => shown(referral, disclosure));
    },
    async engagement(personId) {
      const referrals = await visible("attendance", personId);
      if (referrals === null) return null;
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
      const referrals = (await visible("standing", personId)) ?? [];
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
    async helpPromises({ id: personId, visible: isShown = false }) {
      switch (standpointOf(reader, "promises")) {
        case "everyone's":
          return records.promises(personId);
        case "theirs-who-are-shown":
          return isShown ? records.promises(personId) : [];
        case "own-agency's":
          return (await records.promises(personId)).filter(
            ({ ownerAgency }) => ownerAgency === reader.agency,
          );
        default:
          return [];
      }
    },
    async ownReferrals(after, limit) {
      if (!["everyone's", "own-agency's"].includes(standpointOf(reader, "needs"))) return [];
      const page = await referralPage(database, reader, after, limit);
      const referrals = await records.withConsents(page.map(({ row }) => row));
      return page.map(({ position }, index) => ({ row: shown(referrals[index]!, "free"), position }));
    },
    providers: () => database.getRepository(ProviderRow).find({ order: { name: "ASC", id: "ASC" } }),
    async providerOf(agency) {
      const provider = await records.provider(agency);
      if (provider === null) throw new Error("A referral names a provider that is not there.");
      return provider;
    },
    async accesses(filter, after, limit) {
      const visible = visibleAccesses(grantedTo(reader.roles), reader);
      if (visible === null) return [];
      return readAccessLog((sql, values) => database.query(sql, values), visible, filter, after, limit);
    },
    needFigures: () => personsByNeed(database),
    referralFigures: () => personsByReferral(database),
    helpPromiseFigures: () => personsByHelpPromise(database),
    engagementFigures: () => personsByService(database),
    async recordEngagement(told) {
      const referral =
        standpointOf(reader, "attendance") === "own-agency's"
          ? await records.referral(told.referralId)
          : null;
      if (
        referral === null ||
        referralDisclosure("own-agency's", reader.agency, referral, now()) === "withheld"
      ) {
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
