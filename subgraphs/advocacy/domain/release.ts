/**
 * Who may read an agency's records: its own advocates, and whoever a client's live release of information names
 * (VAWA 34 U.S.C. 12291(b)(2)). Decided per record and from facts that the reader brings along, never from the record:
 * so the answer "no" is the same for a client and for a stranger.
 */

/** Elements of the matrix that a release can open. A safety plan is none of them. */
export type ReleasableElement = "client" | "client-contact" | "advocate-risk" | "outreach-advocacy";
export type AdvocacyElement = ReleasableElement | "safety-plan";

export interface Reader {
  readonly subject: string;
  readonly agency: string;
  /** True for a community advocate: she reads her own agency's records, always and only. */
  readonly advocate: boolean;
}

export interface RecordAsked {
  readonly caseId: string;
  readonly element: AdvocacyElement;
  /** The agency the case is assigned to, as far as the reader's request says. */
  readonly assignedAgency: string | null;
}

/** A client's written, informed, time-limited leave to tell. */
export interface Release {
  readonly caseId: string;
  /** The agency that may tell. */
  readonly discloser: string;
  /** Who may be told: an agency, or one person of it. */
  readonly recipient: { readonly agency: string; readonly subject: string | null };
  readonly elements: readonly ReleasableElement[];
  readonly startsAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

export type Verdict = "own" | "released" | "refused";

function isLive(release: Release, at: Date): boolean {
  if (release.startsAt > at || release.expiresAt <= at) return false;
  return release.revokedAt === null || release.revokedAt > at;
}

function names(release: Release, reader: Reader): boolean {
  const { agency, subject } = release.recipient;
  return agency === reader.agency && (subject === null || subject === reader.subject);
}

/**
 * Whether a reader may read one record: "own" for the agency's advocate (her own database decides what is there),
 * "released" under a live release that names reader, case, element and discloser, otherwise "refused".
 */
export function readable(reader: Reader, asked: RecordAsked, release: Release | null, at: Date): Verdict {
  if (reader.advocate) return "own";
  if (release === null || !isLive(release, at) || !names(release, reader)) return "refused";
  if (release.caseId !== asked.caseId || release.discloser !== asked.assignedAgency) return "refused";
  return (release.elements as readonly string[]).includes(asked.element) ? "released" : "refused";
}
