import type { Caller } from "../../../platform/caller/caller";
import type { ContactRow, SanctionPromiseRow } from "../store/entities/contact";
import type { ReferralAgreementRow } from "../store/entities/person";
import {
  levelOfContact,
  liveReferralFor,
  ownPromises,
  plannedContactFor,
  promisesForVictim,
  wasOfferedHelp,
} from "./limited-forms";

const caller = (role: string, agency: string, subject = "mo"): Caller => ({
  ...{ subject, agency, roles: [role], token: "" },
  expiresAt: new Date(0),
});
const detective = caller("detective", "metro-police");

const day = (number: number): Date => new Date(Date.UTC(2026, 3, number));
const contact = (given: Partial<ContactRow>): ContactRow =>
  ({
    level: "C",
    state: "planned",
    helpOffered: true,
    messenger: "mo",
    plannedFor: day(1),
    ...given,
  }) as ContactRow;
const promise = (given: Partial<SanctionPromiseRow>): SanctionPromiseRow =>
  ({ promisedTo: "offender", ownerAgency: "metro-police", ...given }) as SanctionPromiseRow;

test("L2: a referral opens the name to its own provider, and to justice", () => {
  const live = [{ providerAgency: "new-start" } as ReferralAgreementRow];
  expect(liveReferralFor(caller("provider", "new-start"), live)).toBe(live[0]);
  expect(liveReferralFor(caller("provider", "open-door"), live)).toBeUndefined();
  expect(liveReferralFor(detective, live)).toBe(live[0]);
  expect(liveReferralFor(detective, [])).toBeUndefined();
});

test("L3: a planned contact opens the name to its own messenger; the next one comes first", () => {
  const [later, sooner] = [contact({ plannedFor: day(9) }), contact({ plannedFor: day(2) })];
  const messenger = caller("messenger", "street-voices");
  expect(plannedContactFor(messenger, [later, sooner])).toBe(sooner);
  expect(plannedContactFor(messenger, [contact({ messenger: "jo" })])).toBeUndefined();
  expect(plannedContactFor(messenger, [contact({ state: "made" })])).toBeUndefined();
  expect(plannedContactFor(detective, [contact({ messenger: "jo" })])).toBeDefined();
});

test("L4: the level of the latest contact that is planned or was made, and of no other", () => {
  expect(levelOfContact([])).toBeNull();
  expect(levelOfContact([contact({ state: "cancelled" }), contact({ state: "refused" })])).toBeNull();
  const made = contact({ state: "made", level: "B", plannedFor: day(2) });
  const cancelled = contact({ state: "cancelled", level: "D", plannedFor: day(3) });
  expect(levelOfContact([contact({ plannedFor: day(1) }), made, cancelled])).toBe("B");
});

test("L17: help was offered once a contact at which it was offered has been made", () => {
  expect(wasOfferedHelp([contact({}), contact({ state: "made", helpOffered: false })])).toBe(false);
  expect(wasOfferedHelp([contact({ state: "made" })])).toBe(true);
});

test("L16: forms L19 and O: promises to victims of visible cases and those the agency owns; those it owns alone", () => {
  const toVictim = promise({ promisedTo: "victim", caseId: "hers" });
  const toAnother = promise({ promisedTo: "victim", caseId: "another" });
  const ofCase = promise({ promisedTo: "offender", caseId: "hers" });
  const owned = promise({ promisedTo: "community", ownerAgency: "harbor-house", caseId: null });
  const all = [toVictim, toAnother, ofCase, owned, promise({ caseId: null })];
  const advocate = caller("advocate", "harbor-house");
  expect(promisesForVictim(advocate, all, [{ id: "hers" }])).toEqual([toVictim, owned]);
  expect(promisesForVictim(advocate, all, [])).toEqual([owned]);
  expect(ownPromises(advocate, all)).toEqual([owned]);
});
