/**
 * Who may read an agency's records: its own advocates, and whoever a client's live release of information names
 * (VAWA 34 U.S.C. 12291(b)(2)). Decided per record and from facts that the reader brings along, never from the record:
 * so the answer "no" is the same for a client and for a stranger.
 */

/** Elements of the matrix that a release can open. A safety plan is none of them. Keys are the names on the wire. */
export const ReleasableElement = {
  CLIENT: "client",
  CLIENT_CONTACT: "client-contact",
  ADVOCATE_RISK: "advocate-risk",
  OUTREACH_ADVOCACY: "outreach-advocacy",
} as const;
export type ReleasableElement = (typeof ReleasableElement)[keyof typeof ReleasableElement];
export type AdvocacyElement = ReleasableElement | "safety-plan" | "releases";

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

/** True for an element that some release could open. */
export function isReleasable(element: AdvocacyElement): element is ReleasableElement {
  return (Object.values(ReleasableElement) as string[]).includes(element);
}

export type Verdict = "own" | "released" | "refused";

/** A revocation counts from the moment it is recorded, whatever its clock said: clocks of two machines differ. */
function isLive({ startsAt, expiresAt, revokedAt }: Release, at: Date): boolean {
  return startsAt <= at && expiresAt > at && revokedAt === null;
}

function names(release: Release, reader: Reader): boolean {
  const { agency, subject } = release.recipient;
  return agency === reader.agency && (subject === null || subject === reader.subject);
}

function opens(release: Release, reader: Reader, asked: RecordAsked, at: Date): boolean {
  if (!isLive(release, at) || !names(release, reader)) return false;
  if (release.caseId !== asked.caseId || release.discloser !== asked.assignedAgency) return false;
  return isReleasable(asked.element) && release.elements.includes(asked.element);
}

/**
 * Whether a reader may read one record: "own" for the agency's advocate (her own database decides what is there),
 * "released" under a live release that names reader, case, element and discloser, otherwise "refused". Two releases
 * are never read together: what one names and the other does not stays closed.
 */
export function readable(
  reader: Reader,
  asked: RecordAsked,
  releases: readonly Release[],
  at: Date,
): Verdict {
  if (reader.advocate) return "own";
  return releases.some((release) => opens(release, reader, asked, at)) ? "released" : "refused";
}
