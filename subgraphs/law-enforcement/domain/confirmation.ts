import type { Proposal } from "./level";
import { accept, refuse, type Result } from "./result";
import { compareLevels, type Level } from "./tier-rules";

/** A stored proposal: what was proposed, for whom. */
export interface RecordedProposal {
  readonly id: string;
  readonly personId: string;
  readonly proposal: Proposal;
}

/** A named person asks for a level to take effect. */
export interface ConfirmationRequest {
  /** The proposal that the confirming person has seen. */
  readonly seen: RecordedProposal;
  /** The id of the newest proposal for this person. */
  readonly newestProposalId: string;
  readonly currentLevel: Level | null;
  /** True when a panel set the level in force after this was proposed. */
  readonly panelDecidedSince: boolean;
  readonly requestedLevel: Level;
  /** The signed-in person's own id; an agency or a job does not confirm. */
  readonly confirmedBy: string;
  readonly role: string;
  /** The moment, ISO 8601 with zone. */
  readonly confirmedAt: string;
}

/** What happened, ready to be stored: who confirmed which level, by which rules, on which facts. */
export interface LevelConfirmed {
  readonly type: "level-confirmed";
  readonly personId: string;
  readonly proposalId: string;
  readonly level: Level;
  readonly previousLevel: Level | null;
  readonly confirmedBy: string;
  readonly role: ConfirmingRole;
  readonly confirmedAt: string;
  readonly asOf: Proposal["asOf"];
  readonly ruleSet: Proposal["ruleSet"];
  readonly fired: Proposal["fired"];
  /** Every fact the level rests on: those of the criteria of this level. What `reviewOf` compares with later. */
  readonly factIds: readonly string[];
}

/** The two roles that confirm a level. Site partners decide together; these two put their name to it. */
export const CONFIRMING_ROLES = ["detective", "coordinator"] as const;
export type ConfirmingRole = (typeof CONFIRMING_ROLES)[number];

/** Why a confirmation is refused. */
export interface ConfirmationRefusal {
  readonly code:
    | "ROLE_MAY_NOT_CONFIRM" // neither detective nor coordinator
    | "CONFIRMER_NOT_NAMED" // no person behind the role
    | "PROPOSAL_SUPERSEDED" // a newer proposal exists: look at that one
    | "DECIDED_BY_PANEL" // a panel has looked at these facts since: only a new fact raises again
    | "ALREADY_CONFIRMED" // the level asked for is in force
    | "DOWNWARD_NEEDS_PANEL" // a lower level comes only by recorded panel decision
    | "LEVEL_NOT_PROPOSED"; // neither up nor down may a person confirm what the rules did not propose
}

function mayConfirm(role: string): role is ConfirmingRole {
  return CONFIRMING_ROLES.some((one) => one === role);
}

/**
 * Decides whether a named person's confirmation takes effect. It confirms exactly the newest proposed level, and only
 * upward (L10). Refusals are tried in the order of the list above, so that who may not confirm learns nothing of the
 * person's level. Source: NNSC issue brief, levels as classifications by the partnership; the closed list is the hub's.
 */
export function decideConfirmation(
  request: ConfirmationRequest,
): Result<LevelConfirmed, ConfirmationRefusal> {
  const { seen, role, currentLevel, requestedLevel } = request;
  if (!mayConfirm(role)) return refuse({ code: "ROLE_MAY_NOT_CONFIRM" });
  if (request.confirmedBy.trim() === "") return refuse({ code: "CONFIRMER_NOT_NAMED" });
  if (seen.id !== request.newestProposalId) return refuse({ code: "PROPOSAL_SUPERSEDED" });
  if (request.panelDecidedSince) return refuse({ code: "DECIDED_BY_PANEL" });
  const step = compareLevels(requestedLevel, currentLevel);
  if (step === 0) return refuse({ code: "ALREADY_CONFIRMED" });
  if (step < 0) return refuse({ code: "DOWNWARD_NEEDS_PANEL" });
  if (requestedLevel !== seen.proposal.level) return refuse({ code: "LEVEL_NOT_PROPOSED" });

  const grounds = seen.proposal.fired.filter((one) => one.level === requestedLevel);
  return accept({
    type: "level-confirmed",
    personId: seen.personId,
    proposalId: seen.id,
    level: requestedLevel,
    previousLevel: currentLevel,
    confirmedBy: request.confirmedBy,
    role,
    confirmedAt: request.confirmedAt,
    asOf: seen.proposal.asOf,
    ruleSet: seen.proposal.ruleSet,
    fired: seen.proposal.fired,
    factIds: [...new Set(grounds.flatMap((one) => one.factIds))].sort(),
  });
}
