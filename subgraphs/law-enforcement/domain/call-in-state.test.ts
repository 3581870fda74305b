import {
  CALL_IN_EVENTS,
  CALL_IN_STATES,
  callInAfter,
  type CallInEvent,
  type CallInState,
} from "./call-in-state";

const TABLE: Record<CallInState, Record<CallInEvent, string>> = {
  planned: { invite: "planned", attend: "held", cancel: "cancelled" },
  held: { invite: "HELD", attend: "held", cancel: "HELD" },
  cancelled: { invite: "CALLED_OFF", attend: "CALLED_OFF", cancel: "CALLED_OFF" },
};

test.each(CALL_IN_STATES.flatMap((state) => CALL_IN_EVENTS.map((event) => [state, event] as const)))(
  "L37: a %s call-in and the event %s",
  (state, event) => {
    const next = callInAfter(state, event);
    expect(next.ok ? next.value : next.refusal.code).toBe(TABLE[state][event]);
  },
);
