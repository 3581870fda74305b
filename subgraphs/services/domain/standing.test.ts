import { REDISCLOSURE_NOTICE } from "./part2";
import type { ReferralFacts } from "./referral";
import { standingOf, type StandingFact } from "./standing";

const referral: ReferralFacts = {
  providerAgency: "open-door",
  referredByAgency: "metro-police",
  answeredAt: null,
  partnersMayKnow: true,
  state: "accepted",
  consentedAt: new Date("2026-02-01Z"),
  part2: false,
  part2Consents: [],
};
const referred: StandingFact = { referral, disclosure: "free", attended: false };
const engaged: StandingFact = { ...referred, attended: true };

test.each<[string, StandingFact[], string | null]>([
  ["no referral says nothing", [], null],
  ["a referral is referred", [referred], "referred"],
  ["one who came is engaged", [engaged], "engaged"],
  ["one of two is enough", [referred, engaged], "engaged"],
  [
    "what he did not agree to says nothing",
    [{ ...engaged, referral: { ...referral, consentedAt: null } }],
    null,
  ],
  ["what was declined says nothing", [{ ...engaged, referral: { ...referral, state: "declined" } }], null],
  ["what is closed says nothing", [{ ...engaged, referral: { ...referral, state: "closed" } }], null],
  ["what is withheld says nothing", [{ ...engaged, disclosure: "withheld" }], null],
  [
    "what partners may not know says nothing",
    [{ ...engaged, referral: { ...referral, partnersMayKnow: false } }],
    null,
  ],
  ["beside what is withheld the rest counts", [{ ...engaged, disclosure: "withheld" }, referred], "referred"],
])("SV4: %s", (_what, facts, standing) => {
  expect(standingOf(facts, "metro-police")).toEqual({ standing, notice: null });
});

test("SV3: the notice goes with a standing that rests on a Part 2 record", () => {
  const told = standingOf([engaged, { ...referred, disclosure: "with-notice" }], "metro-police");
  expect(told).toEqual({ standing: "engaged", notice: REDISCLOSURE_NOTICE });
});

test("SV30: what partners may not know the provider knows of his own", () => {
  const own = { ...engaged, referral: { ...referral, partnersMayKnow: false } };
  expect(standingOf([own], "open-door").standing).toBe("engaged");
  expect(standingOf([own], "new-start").standing).toBeNull();
});
