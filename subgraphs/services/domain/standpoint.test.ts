import type { ReferralFacts } from "./referral";
import { referralDisclosure, seesEveryPromise, standpointOf, type Reader } from "./standpoint";

const at = new Date("2026-03-01T12:00:00Z");
const reader = (agency: string, ...roles: string[]): Reader => ({ subject: "s", agency, roles });
const consent = {
  recipientAgency: "metro-police",
  givenAt: new Date("2026-02-01Z"),
  expiresAt: new Date("2026-04-01Z"),
  revokedAt: null,
};
const referral: ReferralFacts = {
  providerAgency: "open-door",
  state: "accepted",
  consentedAt: new Date("2026-02-01Z"),
  part2: true,
  part2Consents: [],
};

test.each([
  ["provider", "own-agency's", "own-agency's"],
  ["coordinator", "everyone's", "release-required"],
  ["probation", "release-required", "release-required"],
  ["detective", "release-required", "release-required"],
  ["messenger", "release-required", "release-required"],
  ["a role of next year", "release-required", "release-required"],
])("SV1, SV5: where a %s stands", (role, needs, attendance) => {
  expect(standpointOf(reader("x", role), "service-needs")).toBe(needs);
  expect(standpointOf(reader("x", role), "service-attendance")).toBe(attendance);
});

test("SV1: who is a provider among other things sees as a provider", () => {
  expect(standpointOf(reader("x", "coordinator", "provider"), "service-needs")).toBe("own-agency's");
  expect(seesEveryPromise(reader("x", "coordinator", "provider"))).toBe(false);
  const both = reader("metro-police", "coordinator", "provider");
  expect(referralDisclosure(both, { ...referral, part2: false }, at)).toBe("withheld");
});

test("SV1: a provider sees his own agency's referrals that he agreed to, and with a consent no others", () => {
  const provider = reader("open-door", "provider");
  expect(referralDisclosure(provider, referral, at)).toBe("free");
  expect(referralDisclosure(provider, { ...referral, consentedAt: null }, at)).toBe("withheld");
  const open = { ...referral, part2Consents: [consent] };
  expect(referralDisclosure(reader("new-start", "provider"), open, at)).toBe("withheld");
  expect(referralDisclosure(reader("new-start", "provider"), { ...open, part2: false }, at)).toBe("withheld");
});

test("SV3: everyone else sees Part 2 referrals under a live consent only", () => {
  const detective = reader("metro-police", "detective");
  expect(referralDisclosure(detective, referral, at)).toBe("withheld");
  expect(referralDisclosure(detective, { ...referral, part2Consents: [consent] }, at)).toBe("with-notice");
  expect(referralDisclosure(detective, { ...referral, part2: false }, at)).toBe("free");
});

test("SV14: justice sees every promise, everyone else his agency's", () => {
  for (const role of ["detective", "coordinator", "prosecutor", "probation"]) {
    expect(seesEveryPromise(reader("x", role))).toBe(true);
  }
  for (const role of ["provider", "messenger", "a role of next year"]) {
    expect(seesEveryPromise(reader("x", role))).toBe(false);
  }
});
