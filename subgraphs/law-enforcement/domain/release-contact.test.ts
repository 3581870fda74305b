import { CONTACT_STATES } from "./contact-state";
import type { VictimFacts } from "./gate";
import { CLEARANCE_SECONDS, decideRelease, type ReleaseFacts } from "./release-contact";

const day = (number: number): Date => new Date(Date.UTC(2026, 2, number));
const now = day(20);
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const contact: ReleaseFacts["contact"] = {
  id: "contact",
  state: "planned",
  recordedAt: day(5),
  attemptsNeeded: 3,
  level: "B",
  gated: true,
};
const told: VictimFacts = {
  outreach: [{ kind: "victim-notice", outcome: "reached", recordedAt: day(6) }],
  signOffs: [],
};
const untold: VictimFacts = { outreach: [], signOffs: [] };
const signedFor: VictimFacts = {
  outreach: [7, 8, 9].map((on) => ({ kind: "notice-attempt", outcome: "not-reached", recordedAt: day(on) })),
  signOffs: [{ contactId: "contact", signedAt: day(10) }],
};
const open: ReleaseFacts = {
  contact,
  inForce: { level: "B" },
  victims: [told],
  holds: { hold: false, answeredAt: secondsAgo(1) },
};

test.each<[what: string, given: Partial<ReleaseFacts>, outcome: string]>([
  ["all of it", {}, "released"],
  ["attempts failed and a supervisor signed", { victims: [signedFor] }, "released"],
  ["one victim told, of another signed", { victims: [told, signedFor] }, "released"],
  ["one victim told, another not", { victims: [told, untold] }, "VICTIM_NOT_TOLD"],
  ["no victim told", { victims: [untold] }, "VICTIM_NOT_TOLD"],
  ["no victim known", { victims: [] }, "VICTIM_NOT_TOLD"],
  ["told before the plan", { contact: { ...contact, recordedAt: day(7) } }, "VICTIM_NOT_TOLD"],
  ["a level that is not gated, no victim told", { contact: { ...contact, gated: false }, victims: [untold] }, "released"], // prettier-ignore
  ["no level in force", { inForce: null }, "LEVEL_NOT_IN_FORCE"],
  ["moved up since", { contact: { ...contact, level: "C" } }, "LEVEL_NOT_IN_FORCE"],
  ["level A: no message", { contact: { ...contact, level: "A" }, inForce: { level: "A" } }, "LEVEL_NOT_IN_FORCE"], // prettier-ignore
  ["a hold stands", { holds: { hold: true, answeredAt: now } }, "HOLD_STANDS"],
  ["a hold stands at a level that is not gated", { contact: { ...contact, gated: false }, holds: { hold: true, answeredAt: now } }, "HOLD_STANDS"], // prettier-ignore
  ["no answer of the advocacy side", { holds: null }, "ADVOCACY_SILENT"],
  ["an answer as old as it may not be", { holds: { hold: false, answeredAt: secondsAgo(CLEARANCE_SECONDS) } }, "ADVOCACY_SILENT"], // prettier-ignore
  ["an answer ahead of the clock", { holds: { hold: false, answeredAt: secondsAgo(-1) } }, "ADVOCACY_SILENT"],
])("L24: %s", (_what, given, outcome) => {
  const decision = decideRelease({ ...open, ...given }, now);
  expect(decision.ok ? decision.value : decision.refusal.code).toBe(outcome);
});

test.each(CONTACT_STATES.filter((state) => state !== "planned"))(
  "L24: a contact that is %s is not released, whatever else is so",
  (state) => {
    expect(decideRelease({ ...open, contact: { ...contact, state } }, now).ok).toBe(false);
  },
);
