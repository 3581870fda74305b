import type { Step, Told } from "./steps";

const plan: Step = { what: "plan", man: 0, means: "custom-notification" };
const tellAll: Step = { what: "notice", man: 0, victim: 0, all: true, hoursAgo: 0 };
const release: Step = { what: "release", contact: 0, advocacy: "answers", meanwhile: null };
const make: Step = { what: "make", contact: 0 };
const attempts: Step = { what: "attempt", man: 0, victim: 0, by: "dan@metro-police", times: 2 };
const signedBy = (by: "dan@metro-police" | "sue@metro-police"): Step => ({
  ...{ what: "sign-off", contact: 0, victim: 0, by },
});

const of = (...steps: Step[]): [Told] => [{ levels: ["B", "B"], steps }];

/** What chance seldom comes upon, told each time. */
export const KNOWN_STORIES: [Told][] = [
  // Of a victim who became known after the release, what she was told before the plan.
  of(
    ...[plan, tellAll, release, { what: "another-case", man: 0 } as const],
    ...[{ what: "notice", man: 0, victim: 1, all: false, hoursAgo: 2 } as const, make],
  ),
  // His level moves, before the question or while it is on its way.
  of(plan, tellAll, { what: "confirm", man: 0, level: "A" }, release),
  of(plan, tellAll, { ...release, meanwhile: "level-a" }),
  of(plan, tellAll, { ...release, meanwhile: "another-case" }, release),
  // A hold, withdrawn by who placed it, or over by itself.
  of(
    ...[plan, tellAll, { what: "hold", contact: 0, by: "safe-passage", hours: 5 } as const, release],
    ...[{ what: "withdraw-hold", contact: 0, by: "harbor-house" } as const, release],
    ...[{ what: "withdraw-hold", contact: 0, by: "safe-passage" } as const, release, make],
  ),
  of(
    ...[plan, tellAll, { what: "hold", contact: 0, by: "harbor-house", hours: 1 } as const, release],
    ...[{ what: "clock", minutes: 60 } as const, release],
  ),
  // Who made the attempts does not sign; who did not, does; what was signed for one contact opens no other.
  of(
    ...[plan, attempts, signedBy("dan@metro-police"), release, signedBy("sue@metro-police"), release],
    ...[{ what: "recall", contact: 0 } as const, plan, release],
  ),
  // Two at a call-in, of whom one's victim was told; both come.
  of(
    { what: "plan-call-in", men: [0, 1] },
    tellAll,
    release,
    { ...release, contact: 1 },
    {
      ...{ what: "attend", callIn: 0 },
    },
  ),
  // Released, and met too late.
  of(plan, tellAll, release, { what: "clock", minutes: 1_441 }, make),
];
