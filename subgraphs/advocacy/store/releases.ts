import DataLoader from "dataloader";
import type { DataSource } from "typeorm";
import { isUuid } from "../../../platform/store/uuid";
import type { Reader, Release } from "../domain/release";
import { openCase } from "../policy/conflict-wall";
import type { ReleaseRevocationRow, ReleaseRow } from "./entities/release";

/** A release as its agency keeps it, with its revocation when there is one. */
export type RecordedRelease = Omit<ReleaseRow, "mutationKey" | "inputDigest"> & {
  readonly revokedAt: ReleaseRevocationRow["revokedAt"] | null;
  readonly revokedBy: ReleaseRevocationRow["revokedBy"] | null;
};

const RECORDED = `
  SELECT release.id, case_id AS "caseId", discloser, recipient_agency AS "recipientAgency",
         recipient_subject AS "recipientSubject", recipient_name AS "recipientName", elements, purpose,
         starts_at AS "startsAt", expires_at AS "expiresAt", language, explained_by AS "explainedBy",
         signed_copy AS "signedCopy", recorded_at AS "recordedAt", recorded_by AS "recordedBy",
         revoked_at AS "revokedAt", revoked_by AS "revokedBy"
  FROM release LEFT JOIN release_revocation ON release_id = release.id`;

/** SQL for "names this reader", whose agency is $1 and whose subject is $2: the index's own words. */
export const NAMES_READER = "recipient_agency = $1 AND coalesce(recipient_subject, '') IN ('', $2)";

type RecordedFor = Pick<
  RecordedRelease,
  | "caseId"
  | "discloser"
  | "recipientAgency"
  | "recipientSubject"
  | "elements"
  | "startsAt"
  | "expiresAt"
  | "revokedAt"
>;

/**
 * The releases in one agency's database that name a reader, by case: one statement for all cases of a request, the same
 * for a client and a stranger, and touching no other table unless such a release is there. Whether one is live is not
 * decided here. For one request only: a revocation shows in the next.
 */
export function releasesNaming(database: DataSource, reader: Reader): DataLoader<string, Release[]> {
  return new DataLoader(async (caseIds) => {
    const rows = await database.query<RecordedFor[]>(
      `SELECT case_id AS "caseId", discloser, recipient_agency AS "recipientAgency",
              recipient_subject AS "recipientSubject", elements, starts_at AS "startsAt", expires_at AS "expiresAt",
              revoked_at AS "revokedAt"
       FROM release LEFT JOIN release_revocation ON release_id = id
       WHERE ${NAMES_READER} AND case_id = ANY($3::uuid[]) AND ${openCase("case_id")}`,
      [reader.agency, reader.subject, caseIds.filter(isUuid)],
    );
    return caseIds.map((id) =>
      rows
        .filter(({ caseId }) => caseId === id)
        .map(({ recipientAgency, recipientSubject, ...release }) => ({
          ...release,
          recipient: { agency: recipientAgency, subject: recipientSubject },
        })),
    );
  });
}

/** The agency's own releases of its cases, newest first, ended ones too: one statement for all cases of a request. */
export function releasesOfCases(database: DataSource): DataLoader<string, RecordedRelease[]> {
  return new DataLoader(async (caseIds) => {
    const rows = await database.query<RecordedRelease[]>(
      `${RECORDED} WHERE case_id = ANY($1::uuid[]) ORDER BY recorded_at DESC, release.id`,
      [caseIds],
    );
    return caseIds.map((id) => rows.filter(({ caseId }) => caseId === id));
  });
}

/** One release of the agency's, of a case that is open to the reader; null: there is none by this id. */
export async function openRelease(
  database: DataSource,
  reader: Reader,
  id: string,
): Promise<RecordedRelease | null> {
  if (!isUuid(id)) return null;
  const [row] = await database.query<RecordedRelease[]>(
    `${RECORDED} WHERE release.id = $3 AND ${openCase("case_id")}`,
    [reader.agency, reader.subject, id],
  );
  return row ?? null;
}

/** The release that was just recorded or found, whoever asks. */
export async function recordedRelease(database: DataSource, id: string): Promise<RecordedRelease> {
  const [row] = await database.query<[RecordedRelease]>(`${RECORDED} WHERE release.id = $1`, [id]);
  return row;
}
