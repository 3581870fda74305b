import fc from "fast-check";

/** How the advocacy side answers a question; only the first is an answer. */
export const ADVOCACY = ["answers", "down", "slow", "garbage", "one-agency-silent"] as const;
export type Advocacy = (typeof ADVOCACY)[number];

/** What happens at law enforcement while the question is on its way. */
export const MEANWHILE = ["another-case", "level-a", "cancel"] as const;
export type Meanwhile = (typeof MEANWHILE)[number];

/** Of two men; which contact, call-in or victim is a number that is taken round, what is still ahead and the latest first. */
const man = fc.nat(1);
const which = fc.nat(3);
const officer = fc.constantFrom("dan@metro-police", "sue@metro-police");
const HOLDERS = ["harbor-house", "safe-passage"] as const;

const the = <What extends string, Rest extends object>(
  weight: number,
  what: What,
  rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> },
) => ({
  weight,
  arbitrary: fc
    .record(rest)
    .map((drawn): { readonly what: What } & Rest => ({ what, ...(drawn as unknown as Rest) })),
});

const STEP = fc.oneof(
  the(6, "plan", { man, means: fc.constantFrom("custom-notification" as const, "notification" as const) }),
  the(4, "plan-call-in", { men: fc.constantFrom([0], [1], [0, 1]) }),
  the(2, "invite", { man, callIn: which }),
  the(1, "cancel-call-in", { callIn: which }),
  the(2, "attend", { callIn: which }),
  // Told now, or a while before the plan; `all`: every victim of his.
  the(14, "notice", {
    ...{ man, victim: which, all: fc.constantFrom(true, true, true, false) },
    hoursAgo: fc.constantFrom(0, 0, 0, 0, 0, 0, 2),
  }),
  the(6, "attempt", { man, victim: which, by: officer, times: fc.constantFrom(1, 2, 2) }),
  the(6, "sign-off", { contact: which, victim: which, by: officer }),
  the(3, "hold", { contact: which, by: fc.constantFrom(...HOLDERS), hours: fc.integer({ min: 1, max: 72 }) }),
  the(2, "withdraw-hold", { contact: which, by: fc.constantFrom(...HOLDERS) }),
  the(1, "cancel", { contact: which }),
  the(2, "recall", { contact: which }),
  the(3, "make", { contact: which }),
  the(1, "another-case", { man }),
  the(2, "confirm", { man, level: fc.constantFrom("B" as const, "B" as const, "B" as const, "A" as const) }),
  the(3, "clock", {
    minutes: fc.oneof(fc.integer({ min: 1, max: 180 }), fc.integer({ min: 180, max: 2_000 })),
  }),
  the(18, "release", {
    contact: which,
    advocacy: fc.oneof(
      { weight: 3, arbitrary: fc.constant("answers" as const) },
      { weight: 2, arbitrary: fc.constantFrom(...ADVOCACY) },
    ),
    meanwhile: fc.oneof(
      { weight: 7, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom(...MEANWHILE) },
    ),
  }),
  the(5, "by-hand", {
    contact: which,
    to: fc.constantFrom("released" as const, "made" as const),
    cleared: fc.boolean(),
  }),
);
export type Step = typeof STEP extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** A story: at which level each man begins (null: none), and what happens. */
export const STORY = fc.record({
  levels: fc.tuple(
    fc.constantFrom("B" as const, "B" as const, "C" as const),
    fc.constantFrom("B" as const, "C" as const, null),
  ),
  steps: fc.array(STEP, { minLength: 25, maxLength: 45, size: "max" }),
});
export type Told = typeof STORY extends fc.Arbitrary<infer Drawn> ? Drawn : never;
