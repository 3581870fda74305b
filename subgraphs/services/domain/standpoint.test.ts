import type { ReferralFacts } from "./referral";
import {
  STANDPOINT_OF_ROLE,
  referralDisclosure,
  standpointOf,
  type Reader,
  type ServicesElement,
} from "./standpoint";

const at = new Date("2026-03-01T12:00:00Z");
const reader = (...roles: string[]): Reader => ({ subject: "s", agency: "x", roles });
const consent = {
  recipientAgency: "metro-police",
  givenAt: new Date("2026-02-01Z"),
  expiresAt: new Date("2026-04-01Z"),
  revokedAt: null,
};
const referral: ReferralFacts = {
  providerAgency: "open-door",
  referredByAgency: null,
  answeredAt: null,
  partnersMayKnow: true,
  state: "accepted",
  consentedAt: new Date("2026-02-01Z"),
  part2: true,
  part2Consents: [],
};
const ELEMENTS = Object.keys(STANDPOINT_OF_ROLE) as ServicesElement[];
const NARROWEST_FIRST = [
  "withheld",
  "release-required",
  "own-agency's",
  "theirs-who-are-shown",
  "everyone's",
];

test.each(ELEMENTS)("SV15: %s are withheld from who has no role, or none that is known", (element) => {
  for (const roles of [[], ["a role of next year"], ["constructor"], ["evaluator", "auditor", "advocate"]]) {
    expect(standpointOf(reader(...roles), element)).toBe("withheld");
  }
});

test.each(ELEMENTS)("SV15: for %s no mix of roles sees from further out than any of them", (element) => {
  const table = [...STANDPOINT_OF_ROLE[element]];
  for (const [one, his] of table) {
    expect(standpointOf(reader("a role of next year", one), element)).toBe(his);
    for (const [other] of table) {
      const mixed = standpointOf(reader(one, other), element);
      expect(NARROWEST_FIRST.indexOf(mixed)).toBeLessThanOrEqual(NARROWEST_FIRST.indexOf(his));
    }
  }
});

test("SV15: what has no standpoint, or would need a release, shows no referral", () => {
  const open = { ...referral, part2: false };
  for (const standpoint of ["withheld", "release-required"] as const) {
    expect(referralDisclosure(standpoint, "open-door", open, at)).toBe("withheld");
  }
});

test("SV1: from his own agency's standpoint he sees its referrals with consent, and with a consent no others", () => {
  const seen = (agency: string, given: ReferralFacts) =>
    referralDisclosure("own-agency's", agency, given, at);
  expect(seen("open-door", referral)).toBe("free");
  expect(seen("open-door", { ...referral, consentedAt: null })).toBe("withheld");
  const open = { ...referral, part2Consents: [{ ...consent, recipientAgency: "new-start" }] };
  expect(seen("new-start", open)).toBe("withheld");
  expect(seen("new-start", { ...open, part2: false })).toBe("withheld");
});

test("SV3: from everyone's standpoint Part 2 referrals are seen under a live consent only", () => {
  const seen = (given: ReferralFacts) => referralDisclosure("everyone's", "metro-police", given, at);
  expect(seen(referral)).toBe("withheld");
  expect(seen({ ...referral, part2Consents: [consent] })).toBe("with-notice");
  expect(seen({ ...referral, part2: false })).toBe("free");
});

test("SV14: justice sees every promise, probation of those it is shown, provider and messenger their agency's", () => {
  for (const role of ["detective", "coordinator", "prosecutor"]) {
    expect(standpointOf(reader(role), "promises")).toBe("everyone's");
  }
  expect(standpointOf(reader("probation"), "promises")).toBe("theirs-who-are-shown");
  for (const role of ["provider", "messenger"]) {
    expect(standpointOf(reader(role), "promises")).toBe("own-agency's");
  }
});
