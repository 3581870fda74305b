import type { Access, AccessedRecord } from "../../platform/access-record/access";
import { openAccessRecord, type AccessRecorder } from "../../platform/access-record/recorder";
import type { Reader } from "./domain/release";

export interface AccessRecords {
  /** Resolves when the access stands in the record of every agency it concerns. */
  record(access: Access, reader: Reader): Promise<void>;
  close(): Promise<void>;
}

/** True for what is read over all agencies at once, or could be, such as figures. */
const isOverAll = (coordinate: string) =>
  coordinate.startsWith("Query.") || coordinate.startsWith("Mutation.");

/**
 * Opens the access record of each community agency, in the agency's own database.
 *
 * An advocate's accesses stand in her own agency's record. Everybody else's stand in that of each agency his request
 * names, with the records asked of that agency alone; which it names is his to say, so a refusal costs the same for a
 * client and a stranger. What names no agency we have, or asks over all of them, stands in every agency's record, there
 * without the ids that belong to another.
 *
 * @throws Error when a database does not answer.
 */
export async function openAccessRecords(
  databases: Readonly<Record<string, string>>,
  now: () => Date,
): Promise<AccessRecords> {
  const byAgency = new Map<string, AccessRecorder>();
  const close = async () => {
    await Promise.all([...byAgency.values()].map((recorder) => recorder.close()));
  };
  try {
    for (const [agency, url] of Object.entries(databases)) {
      byAgency.set(agency, await openAccessRecord({ url, now }));
    }
  } catch (error) {
    await close();
    throw error;
  }

  async function recordOfOutsider(access: Access): Promise<void> {
    const agencyOf = ({ representation }: AccessedRecord): unknown =>
      representation === null ? undefined : access.representations.get(representation)?.["assignedAgency"];
    const named = new Set([...access.representations.values()].map((one) => one["assignedAgency"]));
    const known = [...byAgency].filter(([agency]) => named.has(agency));
    const concerned = known.length === 0 || access.fields.some(isOverAll) ? [...byAgency] : known;
    await Promise.all(
      concerned.map(([agency, recorder]) =>
        recorder.record({ ...access, records: access.records.filter((one) => agencyOf(one) === agency) }),
      ),
    );
  }

  return {
    async record(access, reader) {
      if (!reader.advocate) return recordOfOutsider(access);
      // An agency without a database has no records that could have been read.
      await byAgency.get(reader.agency)?.record(access);
    },
    close,
  };
}
