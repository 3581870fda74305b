import { gateAt, type OutreachFact } from "./gate";

const now = new Date("2026-03-10T00:00:00.000Z");
const day = (number: number): Date => new Date(Date.UTC(2026, 2, number));
const outreach = (
  kind: OutreachFact["kind"],
  outcome: OutreachFact["outcome"],
  recordedAt = day(1),
): OutreachFact => ({ kind, outcome, recordedAt });

test("the gate is closed while nothing is recorded", () => {
  expect(gateAt([], now)).toEqual({ state: "closed", noticeRecordedAt: null, asOf: now });
});

test("only a victim notice that reached her opens it", () => {
  const kinds: OutreachFact["kind"][] = ["victim-notice", "notice-attempt", "visit", "call", "letter"];
  const outcomes: OutreachFact["outcome"][] = ["reached", "not-reached", "declined"];
  const open = kinds.flatMap((kind) =>
    outcomes
      .filter((outcome) => gateAt([outreach(kind, outcome)], now).state === "open")
      .map((outcome) => `${kind} ${outcome}`),
  );
  expect(open).toEqual(["victim-notice reached"]);
});

test("it tells when the first notice was recorded, and counts none from the future", () => {
  const reached = (date: Date) => outreach("victim-notice", "reached", date);
  expect(gateAt([reached(day(5)), reached(day(3))], now).noticeRecordedAt).toEqual(day(3));
  expect(gateAt([reached(day(11))], now).state).toBe("closed");
});
