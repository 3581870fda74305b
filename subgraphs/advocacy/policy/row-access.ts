import { GraphQLError } from "graphql";
import { readable, type AdvocacyElement, type Reader } from "../domain/release";
import type { AgencyDatabases } from "../store/agency-databases";
import { createCaseRecords, type CaseRecords } from "../store/case-records";
import type { DataSource } from "typeorm";

/** The one answer to everyone outside the agency, whatever the case is and whether or not there is one. */
function releaseRequired(): GraphQLError {
  return new GraphQLError("Shown only under a live release of information that names you.", {
    extensions: { code: "RELEASE_REQUIRED" },
  });
}

/** The one way to an agency's rows, for one request: queries, references and mutations all pass here. */
export interface RowAccess {
  /**
   * The records of a case, for one element of them; null when no database could hold any.
   *
   * @throws GraphQLError RELEASE_REQUIRED, before any database is opened.
   */
  recordsOf(
    asked: { id: string; assignedAgency?: string | null },
    element: AdvocacyElement,
  ): CaseRecords | null;
  /** The records of the advocate's own agency; null for everyone else. */
  ownRecords(): CaseRecords | null;
}

export function createRowAccess(reader: Reader, databases: AgencyDatabases, now: () => Date): RowAccess {
  const opened = new Map<DataSource, CaseRecords>();

  function open(assignedAgency: string | null): CaseRecords | null {
    const database = databases.openFor(reader, assignedAgency);
    if (database === null) return null;
    const records = opened.get(database) ?? createCaseRecords(database);
    opened.set(database, records);
    return records;
  }

  return {
    recordsOf({ id, assignedAgency = null }, element) {
      // No release is recorded anywhere yet, so none is live.
      const verdict = readable(reader, { caseId: id, element, assignedAgency }, null, now());
      if (verdict === "refused") throw releaseRequired();
      return open(assignedAgency);
    },
    ownRecords: () => (reader.advocate ? open(reader.agency) : null),
  };
}
