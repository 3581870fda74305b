import { decideConfirmation, type ConfirmationRequest } from "./confirmation";
import type { Proposal } from "./level";
import { LEVELS, type Level } from "./tier-rules";

const proposal = (level: Level | null): Proposal => ({
  level,
  asOf: "2024-06-01",
  ruleSet: { id: "nnsc-example", version: 1 },
  fired: [
    {
      criterionId: "order-violated",
      level: "A",
      predicate: "order-violation",
      factIds: ["v"],
      category: "order violated",
    },
    {
      criterionId: "two-ipv-charges",
      level: "B",
      predicate: "ipv-charges",
      factIds: ["d", "c"],
      category: "second charge",
    },
    {
      criterionId: "first-ipv-charge",
      level: "C",
      predicate: "ipv-charges",
      factIds: ["c", "d"],
      category: "first charge",
    },
  ],
  heldForReview: [],
  notCounted: [],
  marks: [],
  requiresNamedConfirmation: true,
});
const request = (differs: Partial<ConfirmationRequest> = {}): ConfirmationRequest => ({
  seen: { id: "p2", personId: "x", proposal: proposal("B") },
  newestProposalId: "p2",
  currentLevel: "C",
  panelDecidedSince: false,
  requestedLevel: "B",
  confirmedBy: "det-17",
  role: "detective",
  confirmedAt: "2024-06-01T14:00:00-04:00",
  ...differs,
});
const code = (differs: Partial<ConfirmationRequest>): string => {
  const decided = decideConfirmation(request(differs));
  return decided.ok ? "accepted" : decided.refusal.code;
};

test("L10: an accepted confirmation names the person, the rules and the facts of its level", () => {
  expect(decideConfirmation(request())).toEqual({
    ok: true,
    value: {
      type: "level-confirmed",
      personId: "x",
      proposalId: "p2",
      level: "B",
      previousLevel: "C",
      confirmedBy: "det-17",
      role: "detective",
      confirmedAt: "2024-06-01T14:00:00-04:00",
      asOf: "2024-06-01",
      ruleSet: { id: "nnsc-example", version: 1 },
      fired: proposal("B").fired,
      factIds: ["c", "d"],
    },
  });
});

test.each([
  ["detective", "accepted"],
  ["coordinator", "accepted"],
  ...[
    "prosecutor",
    "probation",
    "advocate",
    "provider",
    "messenger",
    "evaluator",
    "auditor",
    "",
    "Detective",
  ].map((role) => [role, "ROLE_MAY_NOT_CONFIRM"]),
] as [string, string][])("L10: role %j: %s", (role, expected) => expect(code({ role })).toBe(expected));

test.each([
  ["nobody is named", { confirmedBy: "  " }, "CONFIRMER_NOT_NAMED"],
  ["a newer proposal exists", { newestProposalId: "p3" }, "PROPOSAL_SUPERSEDED"],
  ["a panel has decided since", { panelDecidedSince: true }, "DECIDED_BY_PANEL"],
  ["the level is in force", { currentLevel: "B" }, "ALREADY_CONFIRMED"],
  ["the level is lower, and proposed", { currentLevel: "A" }, "DOWNWARD_NEEDS_PANEL"],
  [
    "the level is lower than what is in force, and not proposed",
    { requestedLevel: "D" },
    "DOWNWARD_NEEDS_PANEL",
  ],
  ["the level is higher than proposed", { requestedLevel: "A" }, "LEVEL_NOT_PROPOSED"],
  ["the level is lower than proposed", { currentLevel: "D", requestedLevel: "C" }, "LEVEL_NOT_PROPOSED"],
  [
    "no level is proposed",
    { currentLevel: null, seen: { id: "p2", personId: "x", proposal: proposal(null) } },
    "LEVEL_NOT_PROPOSED",
  ],
] as [string, Partial<ConfirmationRequest>, string][])("L10: refused when %s", (_, differs, expected) => {
  expect(code(differs)).toBe(expected);
});

test("L10: who may not confirm learns nothing of the level or the proposal", () => {
  const bare = decideConfirmation(request({ role: "advocate", newestProposalId: "p3", currentLevel: "A" }));
  expect(bare).toEqual({ ok: false, refusal: { code: "ROLE_MAY_NOT_CONFIRM" } });
});

test("L10: over every triple of levels, only the proposed level above the current one is accepted", () => {
  const every: (Level | null)[] = [...LEVELS, null];
  for (const proposed of every) {
    for (const currentLevel of every) {
      for (const requestedLevel of LEVELS) {
        const seen = { id: "p2", personId: "x", proposal: proposal(proposed) };
        const higher = every.indexOf(requestedLevel) < every.indexOf(currentLevel);
        const accepted = code({ seen, currentLevel, requestedLevel }) === "accepted";
        expect(accepted).toBe(higher && requestedLevel === proposed);
      }
    }
  }
});
