import { randomUUID } from "node:crypto";
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
import { isUuid } from "../../../platform/store/uuid";
import type { KeyRefusal } from "../../../platform/told-request/told-once";
import type { Position } from "../../../platform/subgraph/newest-first";
import { dayRefusal, type DayRefusal } from "../domain/engagement";
import type { NeedKind } from "../domain/need";
import { noticeOf, type Disclosure } from "../domain/part2";
import { isRunning, type ServiceKind } from "../domain/referral";
import { standingOf, type Standing } from "../domain/standing";
import { referralDisclosure, standpointOf, type Reader, type ServicesElement } from "../domain/standpoint";
import { personsByService } from "../store/engagement-figures";
import { EngagementRow } from "../store/entities/engagement";
import type { HelpPromiseRow } from "../store/entities/help-promise";
import type { NeedRow } from "../store/entities/need";
import type { ProviderRow } from "../store/entities/provider";
import type { SmallHelpRow } from "../store/entities/small-help";
import { providersFound, type DirectoryFilter, type OfferedService } from "../store/directory";
import { isOpenTo } from "../store/open-to";
import { smallHelpPage } from "../store/small-help-page";
import { personsByHelpPromise, personsByNeed, personsByReferral } from "../store/figures";
import { createPersonRecords, type ReferralRecord } from "../store/person-records";
import { recordEngagement, type ToldEngagement } from "../store/record-engagement";
import { referralPage } from "../store/referral-page";
import type { SmallHelpState } from "../domain/small-help";
import { actOnce, no, yes, type Actor, type Named } from "./actor";
import { createActs, type Acts } from "./acts";
import { discloser, type Shown } from "./disclosed";
import { createConferenceActions, type ConferenceActions } from "./conference-actions";
import { createConflictAccess, type ConflictAccess } from "./conflicts";
import type { PersonHandles } from "./person-handle";
import { createVictimSide, type VictimSide } from "./victim-side";

export type ShownReferral = Shown<ReferralRecord>;
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
  readonly victimSide: VictimSide;
  readonly acts: Acts;
  readonly conferenceActions: ConferenceActions;
  /** What names a person to the reader in commands; null: he may begin nothing about him. */
  handle(person: AskedPerson): Promise<string | null>;
  need(id: string): Promise<Shown<NeedRow> | null>;
  referral(id: string): Promise<ShownReferral | null>;
  smallHelp(personId: string): Promise<Shown<SmallHelpRow>[] | null>;
  smallHelpRequest(id: string): Promise<Shown<SmallHelpRow> | null>;
  smallHelpRequests(
    state: SmallHelpState | null,
    after: Position | null,
    limit: number,
  ): Promise<{ row: Shown<SmallHelpRow>; position: Position }[]>;
  helpPromise(id: string): Promise<Shown<HelpPromiseRow> | null>;
  overduePromises(
    after: Position | null,
    limit: number,
  ): Promise<{ row: Shown<HelpPromiseRow>; position: Position }[]>;
  needs(personId: string): Promise<Shown<NeedRow>[] | null>;
  needsToPassOn(person: AskedPerson): Promise<NeedKind[] | null>;
  referrals(personId: string): Promise<ShownReferral[] | null>;
  engagement(personId: string): Promise<ShownEngagement[] | null>;
  standing(personId: string): Promise<Standing>;
  helpPromises(person: AskedPerson): Promise<Shown<HelpPromiseRow>[]>;
  ownReferrals(after: Position | null, limit: number): Promise<{ row: ShownReferral; position: Position }[]>;
  providers(filter: DirectoryFilter): Promise<ProviderRow[]>;
  offered(agency: string): Promise<OfferedService[]>;
  providerOf(agency: string): Promise<ProviderRow>;
  /** The record of this agency's accesses, as far as the reader may see it, newest first. */
  accesses(filter: AccessFilter, after: Position | null, limit: number): Promise<PlacedAccess[]>;
  needFigures(): Promise<Counted>;
  referralFigures(): Promise<Counted>;
  helpPromiseFigures(): Promise<Counted>;
  engagementFigures(): Promise<{ key: ServiceKind; count: number }[]>;
  /** Records a day under a referral of the reader's agency, or says why not. */
  recordEngagement(
    told: Omit<ToldEngagement, "recordedBy"> & { readonly key: string },
  ): Promise<ShownEngagement | DayRefusal | "NOT_FOUND" | "ALREADY_RECORDED" | "KEY_IS_NO_UUID" | KeyRefusal>;
}

/**
 * The one answer to everyone who would need a release, whoever the person is and whether or not he is known. One error for all of
 * them: where hundreds of fields are refused in an answer, each with a stack of its own is most of what the answer costs.
 */
const RELEASE_REQUIRED = new GraphQLError("Shown only under a live release of information that names you.", {
  extensions: Object.freeze({ code: "RELEASE_REQUIRED" }),
});

interface Visible {
  readonly referral: ReferralRecord;
  readonly disclosure: Disclosure;
}

export function createRowAccess(
  reader: Reader,
  database: DataSource,
  now: () => Date,
  handles: PersonHandles,
): RowAccess {
  const records = createPersonRecords(database, reader);

  /** The referrals that the reader may see for one element. Null, as of nobody: none, and there may be some elsewhere. */
  async function visible(element: ServicesElement, personId: string): Promise<Visible[] | null> {
    const standpoint = standpointOf(reader, element);
    if (standpoint === "release-required") throw RELEASE_REQUIRED;
    if (standpoint === "withheld") return null;
    const seen = (await records.referrals(personId))
      .map((referral) => ({
        referral,
        disclosure: referralDisclosure(standpoint, reader.agency, referral, now()),
      }))
      .filter(({ disclosure }) => disclosure !== "withheld");
    return standpoint === "own-agency's" && seen.length === 0 ? null : seen;
  }

  /** The referrals to the reader's own agency on which it knows a person now. */
  const runningOf = async (personId: string): Promise<ReferralRecord[]> =>
    standpointOf(reader, "needs") === "own-agency's"
      ? ((await visible("needs", personId)) ?? []).map(({ referral }) => referral).filter(isRunning)
      : [];

  const disclosed = discloser(reader, (id) => records.referral(id), now);

  /** Needs need no referral: whoever sees those of his own agency knows a person while one to it runs. */
  async function needsFor(
    element: "needs" | "needs-to-pass-on",
    { id: personId, visible: isShown = false }: AskedPerson,
  ): Promise<Shown<NeedRow>[] | null> {
    const needs = async () => disclosed(await records.needs(personId));
    switch (standpointOf(reader, element)) {
      case "everyone's":
        return needs();
      case "theirs-who-are-shown":
        return isShown ? needs() : null;
      case "own-agency's":
        return (await runningOf(personId)).length > 0 ? needs() : null;
      case "release-required":
        throw RELEASE_REQUIRED;
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

  /** Whom he may begin something about: a provider under a referral to his agency, by choice one that is no Part 2 record. */
  async function named(personId: string, element: "needs" | "promises"): Promise<Named | null> {
    if (provider) {
      const running = await runningOf(personId);
      const under = running.find(({ part2 }) => !part2) ?? running[0];
      return under ? { personId, referralId: under.id } : null;
    }
    const whose = standpointOf(reader, element);
    const may = whose === "everyone's" || whose === "own-agency's";
    return may && (await isOpenTo(database, reader, personId)) ? { personId, referralId: null } : null;
  }

  const actor: Actor = {
    reader,
    database,
    now,
    forget: () => records.forget(),
    async personOf(handle, element) {
      const personId = handles.personOf(reader, handle, now());
      return personId === null ? null : named(personId, element);
    },
  };

  async function need(id: string): Promise<Shown<NeedRow> | null> {
    const row = await records.need(id);
    if (row === null) return null;
    return (await needsFor("needs", { id: row.personId }))?.find((one) => one.id === row.id) ?? null;
  }

  async function referralOf(id: string): Promise<ShownReferral | null> {
    const standpoint = standpointOf(reader, "needs");
    if (standpoint === "withheld" || standpoint === "release-required") return null;
    const referral = await records.referral(id);
    if (referral === null) return null;
    const how = referralDisclosure(standpoint, reader.agency, referral, now());
    return how === "withheld" ? null : shown(referral, how);
  }

  /** A provider sees the requests of his own agency. */
  async function requestsShown(rows: readonly SmallHelpRow[]): Promise<Shown<SmallHelpRow>[]> {
    switch (standpointOf(reader, "needs")) {
      case "everyone's":
        return disclosed(rows);
      case "own-agency's":
        return disclosed(rows.filter(({ requestedAgency }) => requestedAgency === reader.agency));
      case "release-required":
        throw RELEASE_REQUIRED;
      default:
        return [];
    }
  }

  const requestOf = async (id: string) => {
    const row = await records.smallHelpRequest(id);
    return row && ((await requestsShown([row]))[0] ?? null);
  };

  const acts = createActs(actor, { need, smallHelp: requestOf, referral: referralOf });

  return {
    conflicts: createConflictAccess(actor, provider, knows),
    victimSide: createVictimSide(
      actor,
      // Any person will do: who helps victims is cut off from all.
      async () => provider && (await isOpenTo(database, reader, randomUUID())),
    ),
    acts,
    conferenceActions: createConferenceActions(actor, disclosed, knows),
    async handle({ id, visible: isShown = false }) {
      if (!isShown || !isUuid(id)) return null;
      const may = (await named(id.toLowerCase(), "needs")) ?? (await named(id.toLowerCase(), "promises"));
      return may && handles.handleOf(reader, may.personId, now());
    },
    need,
    referral: referralOf,
    async smallHelp(personId) {
      const whose = standpointOf(reader, "needs");
      if (whose === "release-required") throw RELEASE_REQUIRED;
      if (whose === "withheld" || (provider && !(await knows(personId)))) return null;
      return requestsShown(await records.smallHelp(personId));
    },
    smallHelpRequest: requestOf,
    async smallHelpRequests(state, after, limit) {
      const whose = standpointOf(reader, "needs");
      if (whose !== "everyone's" && whose !== "own-agency's") return [];
      const agency = whose === "own-agency's" ? reader.agency : null;
      const page = await smallHelpPage(database, reader, { agency, state, at: now() }, after, limit);
      const requests = await disclosed(page.map(({ row }) => row));
      const byId = new Map(requests.map((row) => [row.id, row]));
      return page.flatMap(({ row, position }) => {
        const request = byId.get(row.id);
        return request ? [{ row: request, position }] : [];
      });
    },
    async helpPromise(id) {
      const row = await records.promise(id);
      // Whoever may say what became of a promise sees it.
      return row?.ownerAgency === reader.agency ? ((await disclosed([row]))[0] ?? null) : null;
    },
    async overduePromises(after, limit) {
      const page = await acts.promises.overdue(after, limit);
      const promises = await disclosed(page.map(({ row }) => row));
      return page.map(({ position }, index) => ({ row: promises[index]!, position }));
    },
    needs: (id) => needsFor("needs", { id }),
    async needsToPassOn(person) {
      const needs = await needsFor("needs-to-pass-on", person);
      const told = needs?.filter(({ passedOn, closedAt }) => passedOn && closedAt === null);
      return told?.map(({ kind }) => kind) ?? null;
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
        reader.agency,
      );
    },
    async helpPromises({ id: personId, visible: isShown = false }) {
      const promises = () => records.promises(personId);
      switch (standpointOf(reader, "promises")) {
        case "everyone's":
          return disclosed(await promises());
        case "theirs-who-are-shown":
          return isShown ? disclosed(await promises()) : [];
        case "own-agency's":
          return disclosed((await promises()).filter(({ ownerAgency }) => ownerAgency === reader.agency));
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
    providers: (filter) => providersFound(database, filter),
    offered: (agency) => records.offered(agency),
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
        return "NOT_FOUND";
      }
      const { attendedOn, attended } = told;
      const day = { referralId: referral.id, attendedOn, attended, recordedBy: reader.subject };
      const input = { ...told, referralId: referral.id };
      const done = await actOnce(actor, "recordEngagement", input, async (manager) => {
        const refusal = dayRefusal(attendedOn, referral, now());
        if (refusal !== null) return no(refusal);
        const id = await recordEngagement(manager, day);
        return id === null ? no("ALREADY_RECORDED") : yes(id);
      });
      if (!done.ok) return done.refusal.code;
      const entry = await database.manager.findOneByOrFail(EngagementRow, { id: done.value });
      return { ...entry, service: referral.service, redisclosureNotice: null };
    },
  };
}
