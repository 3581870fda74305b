import {
  LETTER_EVENTS,
  LETTER_STATES,
  letterAfter,
  type LetterEvent,
  type LetterState,
} from "./letter-state";

const TABLE: Record<LetterState, Record<LetterEvent, string>> = {
  drafted: { review: "reviewed", serve: "NOT_REVIEWED", withdraw: "withdrawn" },
  reviewed: { review: "ALREADY_REVIEWED", serve: "served", withdraw: "withdrawn" },
  served: { review: "OVER", serve: "OVER", withdraw: "OVER" },
  withdrawn: { review: "OVER", serve: "OVER", withdraw: "OVER" },
};

test.each(LETTER_STATES.flatMap((state) => LETTER_EVENTS.map((event) => [state, event] as const)))(
  "L52: a %s letter and the event %s",
  (state, event) => {
    const next = letterAfter(state, event);
    expect(next.ok ? next.value : next.refusal.code).toBe(TABLE[state][event]);
  },
);
