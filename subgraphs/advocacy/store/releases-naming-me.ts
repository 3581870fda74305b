import type { DataSource } from "typeorm";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";
import type { Reader, ReleasableElement } from "../domain/release";
import { openCase } from "../policy/conflict-wall";
import { NAMES_READER } from "./releases";

/** What a release tells the one whom it names: what it opens, and until when. */
export interface NamingRelease {
  readonly caseId: string;
  readonly discloser: string;
  readonly elements: ReleasableElement[];
  readonly startsAt: Date;
  readonly expiresAt: Date;
}

/**
 * The live releases that name a reader, over the agencies' databases, newest start first, after a position. One statement
 * for each database, whatever is found, without cases from which a conflict cuts him off. A release that another agency's database claims to give does not count.
 */
export async function liveReleasesNaming(
  databases: ReadonlyMap<string, DataSource>,
  reader: Reader,
  at: Date,
  after: Position | null,
  limit: number,
): Promise<{ row: NamingRelease; position: Position }[]> {
  const pages = await Promise.all(
    [...databases].map(([agency, database]) =>
      database.query<(NamingRelease & Position)[]>(
        `SELECT id, case_id AS "caseId", discloser, elements, starts_at AS "startsAt", expires_at AS "expiresAt",
                ${microsOf("starts_at")} AS micros
         FROM release
         WHERE ${NAMES_READER} AND ${openCase("case_id")} AND discloser = $3 AND starts_at <= $4 AND expires_at > $4
           AND NOT EXISTS (SELECT FROM release_revocation WHERE release_id = release.id)
           AND ($5::bigint IS NULL OR starts_at < ${instantOf("$5")} OR (starts_at = ${instantOf("$5")} AND id > $6))
         ORDER BY starts_at DESC, id
         LIMIT $7`,
        [reader.agency, reader.subject, agency, at, after?.micros ?? null, after?.id ?? null, limit],
      ),
    ),
  );
  return pages
    .flat()
    .sort((one, other) => Number(other.micros) - Number(one.micros) || (one.id < other.id ? -1 : 1))
    .slice(0, limit)
    .map(({ id, micros, ...row }) => ({ row, position: { micros, id } }));
}
