import type { Caller } from "../../../platform/caller/caller";
import type { ContactRow, SanctionPromiseRow } from "../store/entities/contact";
import type { ReferralAgreementRow } from "../store/entities/person";
import {
  contactsForLevel,
  liveReferralFor,
  ownContacts,
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
    messengerAgency: "street-voices",
    plannedFor: day(1),
    ...given,
  }) as ContactRow;
const promise = (given: Partial<SanctionPromiseRow>): SanctionPromiseRow =>
  ({ promisedTo: "offender", ownerAgency: "metro-police", ...given }) as SanctionPromiseRow;

test("form L2: a referral opens the name to its own provider, and to justice", () => {
  const live = [{ providerAgency: "new-start" } as ReferralAgreementRow];
  expect(liveReferralFor(caller("provider", "new-start"), live)).toBe(live[0]);
  expect(liveReferralFor(caller("provider", "open-door"), live)).toBeUndefined();
  expect(liveReferralFor(detective, live)).toBe(live[0]);
  expect(liveReferralFor(detective, [])).toBeUndefined();
});

test("form L3: a planned contact opens the name to its own messenger; the next one comes first", () => {
  const [later, sooner] = [contact({ plannedFor: day(9) }), contact({ plannedFor: day(2) })];
  const messenger = caller("messenger", "street-voices");
  expect(plannedContactFor(messenger, [later, sooner], day(2))).toBe(sooner);
  expect(plannedContactFor(messenger, [contact({ messenger: "jo" })], day(2))).toBeUndefined();
  expect(plannedContactFor(messenger, [contact({ state: "made" })], day(2))).toBeUndefined();
  expect(
    plannedContactFor(messenger, [contact({ messengerAgency: "quiet-voices" })], day(1)),
  ).toBeUndefined();
  expect(plannedContactFor(messenger, [contact({})], day(2))).toBeDefined();
  expect(plannedContactFor(messenger, [contact({})], day(3))).toBeUndefined();
  expect(plannedContactFor(detective, [contact({ messenger: "jo" })], day(2))).toBeDefined();
});

test("L17: form L4 tells a messenger of his own contacts only, of his agency", () => {
  const own = contact({});
  const all = [own, contact({ messenger: "jo" }), contact({ messengerAgency: "quiet-voices" })];
  expect(ownContacts(caller("messenger", "street-voices"), all)).toEqual([own]);
  expect(contactsForLevel(caller("messenger", "street-voices"), all)).toEqual([own]);
  expect(contactsForLevel(caller("provider", "new-start"), all)).toEqual(all);
  expect(contactsForLevel(detective, all)).toEqual(all);
});

test("form L17: help was offered once a contact at which it was offered has been made", () => {
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
