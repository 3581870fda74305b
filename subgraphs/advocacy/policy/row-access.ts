import { GraphQLError } from "graphql";
import type DataLoader from "dataloader";
import { isReleasable, readable, type AdvocacyElement, type Reader, type Release } from "../domain/release";
import type { AgencyDatabases } from "../store/agency-databases";
import { createCaseRecords, type CaseRecords } from "../store/case-records";
import { ownHolds, type OwnHolds } from "../store/holds";
import { ownActions, type OwnActions } from "../store/own-actions";
import { releasesNaming } from "../store/releases";
import { liveReleasesNaming, type NamingRelease } from "../store/releases-naming-me";
import type { Position } from "../../../platform/subgraph/newest-first";
import type { DataSource } from "typeorm";

/**
 * The one answer to everyone outside the agency, whatever the case is and whether or not there is one. One error for all of
 * them: where hundreds of fields are refused in an answer, each with a stack of its own is most of what the answer costs.
 */
const RELEASE_REQUIRED = new GraphQLError("Shown only under a live release of information that names you.", {
  extensions: Object.freeze({ code: "RELEASE_REQUIRED" }),
});

/** The one way to an agency's rows, for one request: queries, references and mutations all pass here. */
export interface RowAccess {
  /**
   * The records of a case, for one element of them; null when no database could hold any.
   *
   * @throws GraphQLError RELEASE_REQUIRED, before any record is looked at.
   */
  recordsOf(
    asked: { id: string; assignedAgency?: string | null },
    element: AdvocacyElement,
  ): Promise<CaseRecords | null>;
  /** The records of the advocate's own agency; null for everyone else. */
  ownRecords(): CaseRecords | null;
  /** The holds of the advocate's own agency; null for everyone else. */
  ownHolds(): OwnHolds | null;
  /** What the advocate's own agency took on at conferences; null for everyone else. */
  ownActions(): OwnActions | null;
  /** The live releases that name the reader, over all agencies, newest start first. */
  releasesNamingReader(
    after: Position | null,
    limit: number,
  ): Promise<{ row: NamingRelease; position: Position }[]>;
}

/** What is open of one agency's database. */
interface Opened {
  readonly records: CaseRecords;
  readonly naming: DataLoader<string, Release[]>;
}

export function createRowAccess(reader: Reader, databases: AgencyDatabases, now: () => Date): RowAccess {
  const known = new Map<DataSource, Opened>();

  function open(assignedAgency: string | null): Opened | null {
    const database = databases.openFor(reader, assignedAgency);
    if (database === null) return null;
    const opened = known.get(database) ?? {
      records: createCaseRecords(database, reader),
      naming: releasesNaming(database, reader),
    };
    known.set(database, opened);
    return opened;
  }

  return {
    async recordsOf({ id, assignedAgency = null }, element) {
      const caseId = id.toLowerCase();
      const opened = open(assignedAgency);
      const asksForLeave = !reader.advocate && isReleasable(element);
      const releases = (asksForLeave && (await opened?.naming.load(caseId))) || [];
      // The instant after reading: what ended while the database answered has ended.
      const verdict = readable(reader, { caseId, element, assignedAgency }, releases, now());
      if (verdict === "refused") throw RELEASE_REQUIRED;
      return opened?.records ?? null;
    },
    ownRecords: () => (reader.advocate ? (open(reader.agency)?.records ?? null) : null),
    ownHolds: () => {
      const database = reader.advocate ? databases.openFor(reader, reader.agency) : null;
      return database && ownHolds(database);
    },
    ownActions: () => {
      const database = reader.advocate ? databases.openFor(reader, reader.agency) : null;
      const records = reader.advocate ? open(reader.agency)?.records : null;
      if (!database || !records) return null;
      return ownActions(database, reader.agency, async (caseId) => (await records.own(caseId)) !== null);
    },
    releasesNamingReader: (after, limit) => liveReleasesNaming(databases.each(), reader, now(), after, limit),
  };
}
