import { custodyAt, type CustodyEvent } from "./custody";

const recordedAt = new Date("2026-03-01T12:00:00.000Z");
const booked: CustodyEvent = {
  status: "booked",
  facility: "County Jail",
  occurredAt: new Date("2026-03-01T11:00:00.000Z"),
  releaseExpectedAt: new Date("2026-03-05T09:00:00.000Z"),
  recordedAt,
};
const hoursLater = (hours: number): Date => new Date(recordedAt.getTime() + hours * 3_600_000);

test("a fresh record reads as recorded, with its as-of", () => {
  expect(custodyAt(booked, hoursLater(1))).toEqual({
    status: "booked",
    facility: "County Jail",
    since: booked.occurredAt,
    releaseExpectedAt: booked.releaseExpectedAt,
    asOf: recordedAt,
  });
});

test("a record holds for 72 hours to the millisecond, then reads unknown with the old as-of and nothing else", () => {
  expect(custodyAt(booked, hoursLater(72)).status).toBe("booked");
  expect(custodyAt(booked, new Date(hoursLater(72).getTime() + 1))).toEqual({
    status: "unknown",
    facility: null,
    since: null,
    releaseExpectedAt: null,
    asOf: recordedAt,
  });
});

test("age counts from the record, not from the booking: a roster that repeats an old booking keeps it fresh", () => {
  const repeated = { ...booked, occurredAt: new Date("2025-01-01T00:00:00.000Z") };
  expect(custodyAt(repeated, hoursLater(71))).toMatchObject({
    status: "booked",
    since: repeated.occurredAt,
  });
});

test("no record at all is unknown, never blank", () => {
  expect(custodyAt(null, recordedAt)).toMatchObject({ status: "unknown", asOf: null });
});
