import type { AgencyDatabases } from "../store/agency-databases";

/**
 * The callers, each as `agency/subject`, of whom some agency has a fact that is theirs alone: a live conflict, or a release
 * that names the person and may still open something. What anybody else sees follows from his agency and role. One statement
 * for each database; for this instant: a conflict or a release recorded later is not in it.
 */
export async function personalCallers(databases: AgencyDatabases, now: Date): Promise<ReadonlySet<string>> {
  const pages = await Promise.all(
    databases.all().map((database) =>
      database.query<{ caller: string }[]>(
        `SELECT agency || '/' || subject AS caller FROM conflict_of_interest WHERE ended_at IS NULL
         UNION
         SELECT recipient_agency || '/' || recipient_subject FROM release
         WHERE recipient_subject IS NOT NULL AND expires_at > $1
           AND NOT EXISTS (SELECT FROM release_revocation WHERE release_id = release.id)`,
        [now],
      ),
    ),
  );
  return new Set(pages.flat().map(({ caller }) => caller));
}
