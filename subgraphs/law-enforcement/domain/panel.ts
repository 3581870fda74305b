import { accept, refuse, type Result } from "./result";
import { compareLevels, type Level } from "./tier-rules";

/** What a site asks of a panel. No published rule exists: both numbers are the site's. */
export interface PanelRules {
  /** So many members at least, those who abstain among them. */
  readonly members: number;
  /** Of so many partner agencies at least. */
  readonly agencies: number;
}

export const VOTES = ["for", "against", "abstain"] as const;
export type VoteWord = (typeof VOTES)[number];

/** How one member of a panel voted. */
export interface Vote {
  readonly agency: string;
  readonly subject: string;
  readonly vote: VoteWord;
}

/** What a panel was asked: that his level be `to`, null for none any more. */
export interface PanelMotion {
  readonly from: Level | null;
  readonly to: Level | null;
  readonly votes: readonly Vote[];
  /** True where a review waits for its end: then the motion may be that the level stays. */
  readonly closesReview: boolean;
}

/** Why a panel's decision is not recorded, tried in this order. */
export type PanelRefusal =
  | "NO_LEVEL_IN_FORCE"
  | "NOT_LOWER" // a panel never raises; that is a confirmation
  | "NOBODY_NAMED"
  | "UNKNOWN_AGENCY"
  | "MEMBER_TWICE"
  | "NO_QUORUM";

/**
 * Decides what came of a vote: the level is lowered by more votes for than against, and stays otherwise; votes that
 * abstain count for the quorum alone (L46). Nothing but a recorded panel decision lowers a level. Source: the programme has
 * no published rule for moving down.
 */
export function decidePanel(
  { from, to, votes, closesReview }: PanelMotion,
  agencies: ReadonlySet<string>,
  rules: PanelRules,
): Result<"lowered" | "kept", { readonly code: PanelRefusal }> {
  if (from === null) return refuse({ code: "NO_LEVEL_IN_FORCE" });
  const step = compareLevels(to, from);
  if (step > 0 || (step === 0 && !closesReview)) return refuse({ code: "NOT_LOWER" });
  if (votes.some(({ subject }) => subject.trim() === "")) return refuse({ code: "NOBODY_NAMED" });
  if (votes.some(({ agency }) => !agencies.has(agency))) return refuse({ code: "UNKNOWN_AGENCY" });
  if (new Set(votes.map(({ agency, subject }) => JSON.stringify([agency, subject]))).size < votes.length)
    return refuse({ code: "MEMBER_TWICE" });
  const enough =
    votes.length >= rules.members && new Set(votes.map(({ agency }) => agency)).size >= rules.agencies;
  if (!enough) return refuse({ code: "NO_QUORUM" });
  const count = (word: VoteWord) => votes.filter(({ vote }) => vote === word).length;
  return accept(step < 0 && count("for") > count("against") ? "lowered" : "kept");
}
