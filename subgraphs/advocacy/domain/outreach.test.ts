import { LONGEST_NOTE, OutreachKind, OutreachOutcome, problemsOf, type ToldOutreach } from "./outreach";

const now = new Date("2026-03-01T12:00:00Z");
const visit: ToldOutreach = {
  kind: "visit",
  outcome: "reached",
  madeAt: now,
  note: "Wants to be called Ana.\n",
};

describe("an outreach that is told", () => {
  test("AV8: fits", () => {
    expect(problemsOf(visit, now)).toEqual([]);
    expect(problemsOf({ ...visit, note: null }, now)).toEqual([]);
    expect(problemsOf({ ...visit, note: "x".repeat(LONGEST_NOTE) }, now)).toEqual([]);
  });

  test.each([
    ["a minute ahead is another machine's clock", 60_000, []],
    ["more than a minute is the future", 60_001, ["MADE_IN_THE_FUTURE"]],
  ])("AV8: %s", (_what, ahead, problems) => {
    expect(problemsOf({ ...visit, madeAt: new Date(now.getTime() + ahead) }, now)).toEqual(problems);
  });

  test("AV8: a letter is sent and nothing else is", () => {
    for (const kind of Object.values(OutreachKind)) {
      for (const outcome of Object.values(OutreachOutcome)) {
        const fits = (kind === "letter") === (outcome === "sent");
        expect(problemsOf({ ...visit, kind, outcome }, now)).toEqual(fits ? [] : ["OUTCOME_DOES_NOT_FIT"]);
      }
    }
  });

  test.each(["\u0000", "\u001b[2J", "\u007f", "\u0085"])("AV8: no control characters (%j)", (note) => {
    expect(problemsOf({ ...visit, note }, now)).toEqual(["NOTE_HAS_CONTROL_CHARACTERS"]);
  });

  test("AV8: every fault is told at once", () => {
    const told = {
      ...visit,
      outcome: "sent" as const,
      madeAt: new Date(now.getTime() + 100_000),
      note: "\u0000".repeat(LONGEST_NOTE + 1),
    };
    expect(problemsOf(told, now)).toEqual([
      "MADE_IN_THE_FUTURE",
      "OUTCOME_DOES_NOT_FIT",
      "NOTE_TOO_LONG",
      "NOTE_HAS_CONTROL_CHARACTERS",
    ]);
  });
});
