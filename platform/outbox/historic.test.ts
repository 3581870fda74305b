import { HISTORIC_AFTER_DAYS, isHistoric } from "./historic";

const recorded = new Date("2026-03-20T12:00:00Z");
const before = (ms: number) => new Date(recorded.getTime() - ms);
const limit = HISTORIC_AFTER_DAYS * 86_400_000;

test.each([
  ["now", recorded, false],
  ["at the limit", before(limit), false],
  ["a moment longer ago", before(limit + 1), true],
  ["dated ahead", before(-limit * 10), false],
])("E14: what happened %s", (_, occurred, historic) => {
  expect(isHistoric(occurred, recorded)).toBe(historic);
});
