import { SafeContactReason } from "./safe-contact";
import {
  decideVictimLetter,
  VICTIM_LETTER_EVENTS,
  VictimLetterState,
  type VictimLetterEvent,
} from "./victim-letter";

const STATES = Object.values(VictimLetterState);
const decide = (
  state: VictimLetterState,
  event: VictimLetterEvent,
  unsafe: SafeContactReason | null = null,
  by = "bea",
) => {
  const step = decideVictimLetter({ state, draftedBy: "ann" }, event, by, unsafe);
  return step.ok ? step.value : step.refusal.code;
};

const TABLE: Record<VictimLetterState, Record<VictimLetterEvent, string>> = {
  drafted: { approve: "approved", mail: "NOT_APPROVED", withdraw: "withdrawn" },
  approved: { approve: "ALREADY_APPROVED", mail: "mailed", withdraw: "withdrawn" },
  mailed: { approve: "OVER", mail: "OVER", withdraw: "OVER" },
  withdrawn: { approve: "OVER", mail: "OVER", withdraw: "OVER" },
};

test.each(STATES.flatMap((state) => VICTIM_LETTER_EVENTS.map((event) => [state, event] as const)))(
  "AV41: a %s letter and the event %s",
  (state, event) => {
    expect(decide(state, event)).toBe(TABLE[state][event]);
  },
);

test("AV41: nobody approves a draft of her own", () => {
  expect(decide("drafted", "approve", null, "ann")).toBe("OWN_DRAFT");
  expect(decide("approved", "mail", null, "ann")).toBe("mailed");
});

test.each(Object.values(SafeContactReason))(
  "AV40: while no letter is safe (%s) none goes a step further",
  (reason) => {
    expect(decide("drafted", "approve", reason)).toBe(reason);
    expect(decide("approved", "mail", reason)).toBe(reason);
    expect(decide("approved", "withdraw", reason)).toBe("withdrawn");
  },
);
