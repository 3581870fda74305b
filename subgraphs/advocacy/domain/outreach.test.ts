import { OutreachKind, OutreachOutcome, faultOf, type ToldOutreach } from "./outreach";

const now = new Date("2026-03-01T12:00:00Z");
const visit: ToldOutreach = {
  kind: "visit",
  outcome: "reached",
  madeAt: now,
  note: "Wants to be called Ana.\n",
};

describe("an outreach that is told", () => {
  test("AV8: fits", () => {
    expect(faultOf(visit, now)).toBeNull();
    expect(faultOf({ ...visit, note: null }, now)).toBeNull();
    expect(faultOf({ ...visit, note: "x".repeat(4_000) }, now)).toBeNull();
    // A face is two halves, and a whole character.
    expect(faultOf({ ...visit, note: "\u{1f642} \u200f" }, now)).toBeNull();
  });

  test.each([
    ["x".repeat(4_001), "TEXT_TOO_LONG"],
    [" ", "TEXT_MISSING"],
  ])("AV8: a note is no more than a page, and not empty", (note, fault) => {
    expect(faultOf({ ...visit, note }, now)).toBe(fault);
  });

  test.each([
    ["a minute ahead is another machine's clock", 60_000, null],
    ["more than a minute is the future", 60_001, "IN_THE_FUTURE"],
  ])("AV8: %s", (_what, ahead, fault) => {
    expect(faultOf({ ...visit, madeAt: new Date(now.getTime() + ahead) }, now)).toBe(fault);
  });

  test("AV8: a letter is sent and nothing else is", () => {
    for (const kind of Object.values(OutreachKind)) {
      for (const outcome of Object.values(OutreachOutcome)) {
        const fits = (kind === "letter") === (outcome === "sent");
        expect(faultOf({ ...visit, kind, outcome }, now)).toBe(fits ? null : "OUTCOME_DOES_NOT_FIT");
      }
    }
  });

  test.each(["\u0000", "\u001b[2J", "\u007f", "\u0085", "a\u202eb", "\u2066", "\ud800", "a\udc00b"])(
    "AV8: no control characters (%j)",
    (note) => {
      expect(faultOf({ ...visit, note }, now)).toBe("TEXT_HAS_CONTROL_CHARACTERS");
    },
  );
});
