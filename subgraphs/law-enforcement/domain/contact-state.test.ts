import {
  CONTACT_EVENTS,
  CONTACT_STATES,
  stateAfter,
  type ContactEvent,
  type ContactState,
} from "./contact-state";

const outcome = (state: ContactState, event: ContactEvent): string => {
  const next = stateAfter(state, event);
  return next.ok ? next.value : next.refusal.code;
};

const TABLE: Record<ContactState, Record<ContactEvent, string>> = {
  planned: { release: "released", make: "NOT_RELEASED", refuse: "NOT_RELEASED", "not-find": "NOT_RELEASED", cancel: "cancelled", recall: "NOT_RELEASED", breach: "breached" }, // prettier-ignore
  released: { release: "ALREADY_RELEASED", make: "made", refuse: "refused", "not-find": "not-found", cancel: "cancelled", recall: "recalled", breach: "breached" }, // prettier-ignore
  made: { release: "OVER", make: "OVER", refuse: "OVER", "not-find": "OVER", cancel: "OVER", recall: "OVER", breach: "OVER" }, // prettier-ignore
  refused: { release: "OVER", make: "OVER", refuse: "OVER", "not-find": "OVER", cancel: "OVER", recall: "OVER", breach: "OVER" }, // prettier-ignore
  "not-found": { release: "OVER", make: "OVER", refuse: "OVER", "not-find": "OVER", cancel: "OVER", recall: "OVER", breach: "OVER" }, // prettier-ignore
  cancelled: { release: "OVER", make: "OVER", refuse: "OVER", "not-find": "OVER", cancel: "OVER", recall: "OVER", breach: "breached" }, // prettier-ignore
  recalled: { release: "OVER", make: "OVER", refuse: "OVER", "not-find": "OVER", cancel: "OVER", recall: "OVER", breach: "breached" }, // prettier-ignore
  breached: { release: "OVER", make: "OVER", refuse: "OVER", "not-find": "OVER", cancel: "OVER", recall: "OVER", breach: "OVER" }, // prettier-ignore
};

test.each(CONTACT_STATES.flatMap((state) => CONTACT_EVENTS.map((event) => [state, event] as const)))(
  "L23: a %s contact and the event %s",
  (state, event) => {
    expect(outcome(state, event)).toBe(TABLE[state][event]);
  },
);

test("L23: only a release leads to released, and only from there to made, refused or not found", () => {
  const into = (target: ContactState) =>
    CONTACT_STATES.filter((state) => CONTACT_EVENTS.some((event) => outcome(state, event) === target));
  expect(into("released")).toEqual(["planned"]);
  for (const told of ["made", "refused", "not-found"] as const) expect(into(told)).toEqual(["released"]);
  expect(into("recalled")).toEqual(["released"]);
  expect(into("planned")).toEqual([]);
});
