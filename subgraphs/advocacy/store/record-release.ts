import { createHash } from "node:crypto";
import type { DataSource } from "typeorm";
import type { Reader } from "../domain/release";
import {
  termFaults,
  termOf,
  type ReleaseFault,
  type ReleaseTerms,
  type ToldRelease,
} from "../domain/told-release";
import { ReleaseRevocationRow, ReleaseRow } from "./entities/release";
import { openRelease, recordedRelease, type RecordedRelease } from "./releases";

/** Who tells, under which key, and when. */
export interface Telling {
  readonly by: string;
  readonly key: string;
  readonly now: Date;
}

export type ReleaseOutcome =
  { readonly release: RecordedRelease } | { readonly faults: readonly ReleaseFault[] };

const fault = (code: ReleaseFault["code"], field: string | null = null): ReleaseOutcome => ({
  faults: [{ code, field }],
});

/** Says whether a release is told alike, whatever order its elements come in. */
function digestOf(told: ToldRelease): string {
  const parts = [
    told.caseId,
    told.recipientAgency,
    told.recipientSubject,
    told.recipientName,
    [...new Set(told.elements)].sort(),
    told.purpose,
    told.startsAt?.toISOString() ?? null,
    told.expiresAt?.toISOString() ?? null,
    told.language,
    told.explainedBy,
    told.signedCopy,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

/**
 * Records a release in the database of the agency that may tell. Told again under its key it is the same release, even
 * when its start has passed since; told otherwise it is KEY_USED_OTHERWISE. The case is one of the agency's own
 * clients: whoever calls has made sure.
 */
export async function recordRelease(
  database: DataSource,
  told: ToldRelease & { readonly discloser: string },
  terms: ReleaseTerms,
  { by, key: asTold, now }: Telling,
): Promise<ReleaseOutcome> {
  const key = asTold.toLowerCase();
  const releases = database.getRepository(ReleaseRow);
  const inputDigest = digestOf(told);
  const toldBefore = async (): Promise<ReleaseOutcome | null> => {
    const known = await releases.findOneBy({ recordedBy: by, mutationKey: key });
    if (known === null) return null;
    if (known.inputDigest !== inputDigest) return fault("KEY_USED_OTHERWISE", "key");
    return { release: await recordedRelease(database, known.id) };
  };
  const before = await toldBefore();
  if (before !== null) return before;

  const term = termOf(told, terms, now);
  const faults = termFaults(term, terms, now);
  if (faults.length > 0) return { faults };
  const elements = [...new Set(told.elements)].sort();
  const row = { ...told, ...term, elements, recordedAt: now, recordedBy: by, mutationKey: key, inputDigest };
  await releases.createQueryBuilder().insert().values(row).orIgnore().execute();
  // Of two who told it at the same moment one wrote; both read what was written.
  return (await toldBefore())!;
}

/** Revokes a release of a case that is open to the reader, for good, from this moment on. */
export async function revokeRelease(
  database: DataSource,
  reader: Reader,
  releaseId: string,
  { by, key: asTold, now }: Telling,
): Promise<ReleaseOutcome> {
  const key = asTold.toLowerCase();
  const release = await openRelease(database, reader, releaseId);
  if (release === null) return fault("NOT_FOUND", "releaseId");
  const revocations = database.getRepository(ReleaseRevocationRow);
  const row = { releaseId: release.id, revokedAt: now, revokedBy: by, mutationKey: key };
  await revocations.createQueryBuilder().insert().values(row).orIgnore().execute();
  const written = await revocations.findOneBy({ releaseId: release.id });
  if (written === null) return fault("KEY_USED_OTHERWISE", "key");
  if (written.revokedBy !== by || written.mutationKey !== key) return fault("ALREADY_REVOKED", "releaseId");
  return { release: { ...release, revokedAt: written.revokedAt, revokedBy: written.revokedBy } };
}
