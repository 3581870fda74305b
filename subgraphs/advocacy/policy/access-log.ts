import { everyAccess, ownAccesses, type VisibleAccesses } from "../../../platform/access-record/access-log";
import type { Reader } from "../domain/release";

/** What says whose case it was would tell her that the woman is a client: a conflict shuts that too (AV18). */
const inNoConflict =
  ({ agency, subject }: Reader): VisibleAccesses =>
  (given) => `NOT record_ids && ARRAY(SELECT conflict.case_id FROM conflict_of_interest conflict
    WHERE conflict.agency = ${given(agency)} AND conflict.subject = ${given(subject)} AND conflict.ended_at IS NULL)`;

/**
 * Of which agencies' records a reader sees accesses, and which: an advocate all of her own agency's and nothing of
 * another's, but what names a case from which a conflict cuts her off; an auditor all of the agency he works for; everyone
 * else, and he elsewhere, what they asked themselves.
 *
 * An auditor from outside does not see an agency's record: it names the cases of its clients.
 */
export function loggedAccesses(
  reader: Reader,
  scopes: ReadonlySet<string>,
  agencies: Iterable<string>,
): ReadonlyMap<string, VisibleAccesses> {
  const whole = scopes.has("access-log:F");
  const visible = new Map<string, VisibleAccesses>();
  if (!whole && !scopes.has("access-log:O")) return visible;
  for (const agency of agencies) {
    if (reader.advocate) {
      if (agency === reader.agency) visible.set(agency, inNoConflict(reader));
    } else visible.set(agency, whole && agency === reader.agency ? everyAccess : ownAccesses(reader));
  }
  return visible;
}
