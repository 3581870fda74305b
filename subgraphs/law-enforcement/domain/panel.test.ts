import { decidePanel, type PanelMotion, type Vote, type VoteWord } from "./panel";
import { LEVELS, type Level } from "./tier-rules";

const RULES = { members: 3, agencies: 2 };
const AGENCIES = new Set(["police", "prosecutor", "advocacy"]);
const vote = (vote: VoteWord, subject: string, agency = "police"): Vote => ({ agency, subject, vote });
const PANEL = [vote("for", "a"), vote("for", "b", "prosecutor"), vote("against", "c")];
const said = (more: Partial<PanelMotion>, rules = RULES): string => {
  const decision = decidePanel(
    { from: "B", to: "C", votes: PANEL, closesReview: false, ...more },
    AGENCIES,
    rules,
  );
  return decision.ok ? decision.value : decision.refusal.code;
};

test.each<[what: string, more: Partial<PanelMotion>, outcome: string]>([
  ["more for than against", {}, "lowered"],
  ["to no level at all", { to: null }, "lowered"],
  ["as many for as against", { votes: [vote("for", "a"), vote("against", "b", "prosecutor"), vote("abstain", "c")] }, "kept"], // prettier-ignore
  ["nobody against, all abstaining", { votes: PANEL.map((one) => ({ ...one, vote: "abstain" })) }, "kept"],
  ["one for, the others abstaining", { votes: [vote("for", "a"), vote("abstain", "b", "prosecutor"), vote("abstain", "c")] }, "lowered"], // prettier-ignore
  [
    "more against",
    { votes: [vote("against", "a"), vote("for", "b", "prosecutor"), vote("against", "c")] },
    "kept",
  ],
  ["nobody has a level", { from: null }, "NO_LEVEL_IN_FORCE"],
  ["the level as it is", { to: "B" }, "NOT_LOWER"],
  ["the level as it is, to end a review", { to: "B", closesReview: true }, "kept"],
  ["a higher level", { to: "A", closesReview: true }, "NOT_LOWER"],
  ["somebody without a name", { votes: [...PANEL, vote("for", " ")] }, "NOBODY_NAMED"],
  ["somebody of no partner", { votes: [...PANEL, vote("for", "d", "friends")] }, "UNKNOWN_AGENCY"],
  ["one who votes twice", { votes: [...PANEL, vote("for", "a")] }, "MEMBER_TWICE"],
  ["the same name at two agencies", { votes: [...PANEL, vote("for", "a", "prosecutor")] }, "lowered"],
  ["too few", { votes: PANEL.slice(0, 2) }, "NO_QUORUM"],
  ["nobody", { votes: [] }, "NO_QUORUM"],
  ["one agency alone", { votes: PANEL.map((one) => ({ ...one, agency: "police" })) }, "NO_QUORUM"],
])("L46: %s", (_what, more, outcome) => {
  expect(said(more)).toBe(outcome);
});

test("L46: over every pair of levels, a unanimous panel lowers and never raises", () => {
  const votes = PANEL.map((one) => ({ ...one, vote: "for" as const }));
  const every: (Level | null)[] = [...LEVELS, null];
  for (const from of LEVELS) {
    for (const to of every) {
      const lower = every.indexOf(to) > every.indexOf(from);
      expect([from, to, said({ from, to, votes })]).toEqual([from, to, lower ? "lowered" : "NOT_LOWER"]);
    }
  }
});
