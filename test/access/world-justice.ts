import { miniatureOf, type Miniature } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import type { DataSource } from "typeorm";
import type { Markers, Place } from "./markers";
import { isAgency, placeOf, type Man } from "./man";
import { LONG_AGO, writeBreaches, writeCallIns } from "./world-contacts";
import { writeLetters, type LettersOfMan } from "./world-letters";
import { writeCorrections, writePromises, writePulls, writeReviews } from "./world-protocol";
import { tellOf, writeAlertRecord } from "./world-alerts";
import { writeCourt, writeCustody } from "./world-court";

export interface KnownMan extends Man {
  readonly personId: string;
  readonly caseIds: readonly string[];
  readonly openProposalId: string;
  /** One that is outstanding. */
  readonly warrantId: string;
  /** Pending charges: of each role that may end one, one. */
  readonly chargeIds: Readonly<Record<string, string>>;
  /** A review of his level that is open. */
  readonly reviewId: string;
  /** Of each role that owns promises, one that is overdue. */
  readonly promiseIds: Readonly<Record<string, string>>;
  /** What was told of his arrest. */
  readonly alertId: string;
  /** The report of a breach that nobody has reviewed. */
  readonly breachId: string;
  readonly letters: LettersOfMan;
  /** A call-in that was held, to which he was invited. */
  readonly callInId: string;
  /** One that is to come. */
  readonly callInAheadId: string;
  readonly place: Place;
}

async function writeIdentity(write: Miniature, markers: Markers, man: Man) {
  const mark = markers.at(placeOf(man));
  const NAME = [
    "offender-identity:F",
    "offender-identity:L1",
    "offender-identity:L2",
    "offender-identity:L3",
  ] as const;
  return write.person({
    familyName: mark.text("family name", ...NAME),
    givenName: mark.text("given name", ...NAME),
    aliases: [mark.text("alias", "offender-identity:F", "offender-identity:L1")],
    dateOfBirth: mark.day("date of birth", "offender-identity:F"),
    stateId: mark.text("state id", "offender-identity:F"),
    address: mark.text("his address", "offender-identity:F", "offender-identity:L2"),
    phone: mark.text("his telephone", "offender-identity:F", "offender-identity:L2"),
  });
}

async function writeIncident(
  write: Miniature,
  markers: Markers,
  man: Man,
  personId: string,
  victimId: string,
) {
  const mark = markers.at(placeOf(man));
  const { id: incidentId } = await write.incident({
    id: mark.id(
      "incident id",
      "charges:F",
      "incident-narrative:F",
      "incident-narrative:L9",
      "investigation:F",
      "tier-reasons:F",
    ),
    occurredOn: mark.day("day of the incident", "charges:F"),
    narrative: mark.text("narrative", "incident-narrative:F"),
    conferenceSummary: mark.text("conference summary", "incident-narrative:L9"),
    caseNumber: mark.text("case number"),
    intimatePartner: true,
  });
  const { id: offenceId } = await write.offence({
    incidentId,
    code: mark.text("offence code", "charges:F"),
    title: mark.text("offence title", "charges:F"),
  });
  await write.offenceWeapon({ offenceId, code: mark.text("weapon code of the offence", "charges:F") });
  const { id: incidentSubjectId } = await write.subject({ incidentId, personId });
  const { id: incidentVictimId } = await write.incidentVictim({ incidentId, victimId });
  await write.relationship({ incidentSubjectId, incidentVictimId });
  await write.review({
    id: mark.id("review id", "charges:F"),
    incidentId,
    openedAt: mark.instant("review opened", "charges:F"),
  });
  for (const kind of ["informant", "evidence", "interview"] as const) {
    await write.note({
      id: mark.id(`${kind} note id`, "investigation:F"),
      incidentId,
      kind,
      text: mark.text(`${kind} note`, "investigation:F"),
      recordedAt: mark.instant(`${kind} note recorded`, "investigation:F"),
    });
  }
  // The day of the arrest is also what an advocate may know of a charge.
  await write.arrest({
    id: mark.id("arrest id", "charges:F"),
    incidentId,
    incidentSubjectId,
    personId,
    arrestedOn: mark.day("day of the arrest", "charges:F", "charges:L6"),
    offenceCode: mark.text("arrest's offence code", "charges:F"),
  });
  return incidentId;
}

async function writeContacts(write: Miniature, markers: Markers, man: Man, personId: string) {
  let made: string | null = null;
  // At C while he was met: whatever he is at now was confirmed later.
  const long = { proposedAt: LONG_AGO, supersededAt: LONG_AGO };
  const { id: proposalId } = await write.proposal({ personId, level: "C", ...long });
  await write.confirmation({ personId, proposalId, level: "C", confirmedAt: LONG_AGO });
  for (const messenger of man.messengers) {
    const mark = markers.at({ ...placeOf(man), messengers: [messenger] });
    const OWN = ["contact-record:F", "contact-record:O"] as const;
    await write.contact({
      id: mark.id("contact id", ...OWN),
      personId,
      messenger,
      plannedFor: mark.instantAhead("contact planned for", ...OWN),
      // Before any notice, so that the gate is open.
      recordedAt: LONG_AGO,
      place: mark.text("meeting place", ...OWN, "offender-identity:L3"),
    });
    const { id } = await write.contact({
      id: mark.id("id of a contact made", ...OWN),
      personId,
      messenger,
      state: "made",
      plannedFor: mark.instant("contact made had been planned for", ...OWN),
      ...{
        releasedAt: mark.instant("released", ...OWN),
        releasedBy: mark.text("released by", "contact-record:F"),
      },
      madeAt: mark.instant("contact made", ...OWN),
      ...{
        dueBy: mark.instant("contact due by", "contact-record:F"),
        message: mark.text("message", "contact-record:F"),
      },
      ...{
        plannedBy: mark.text("planned by", "contact-record:F"),
        madeBy: mark.text("made by", "contact-record:F"),
      },
      ...{
        closedAt: mark.instant("closed", "contact-record:F"),
        closedBy: mark.text("closed by", "contact-record:F"),
      },
      // Withdrawn from the messenger once the contact is over.
      place: mark.text("place of a contact made", "contact-record:F"),
    });
    made = id;
  }
  return made;
}

async function writeCase(write: Miniature, markers: Markers, man: Man, personId: string, index: number) {
  const agency = man.cases[index]!;
  const mark = markers.at({ ...placeOf(man), advocacy: [agency].filter(isAgency) });
  const victim = await write.victim({
    id: mark.id(
      "victim id",
      "victim-identity:F",
      "victim-identity:L11",
      "victim-contact:F",
      "victim-contact:L12",
      "safe-contact:F",
    ),
    familyName: mark.text("her family name", "victim-identity:F", "victim-identity:L11"),
    givenName: mark.text("her given name", "victim-identity:F", "victim-identity:L11"),
    dateOfBirth: mark.day("her date of birth", "victim-identity:F"),
    address: mark.text("her address, police side", "victim-contact:F"),
    phone: mark.text("her telephone, police side", "victim-contact:F"),
  });
  await write.safeContactRule({
    victimId: victim.id,
    hours: mark.text("safe hours", "safe-contact:F"),
    language: mark.text("her language", "safe-contact:F"),
    recordedAt: mark.instant("safe-contact rule recorded", "safe-contact:F"),
  });
  const file = await write.caseFile({
    personId,
    victimId: victim.id,
    assignedAgency: agency,
    assignedAt: agency === null ? null : new Date(),
  });
  await write.outreach({
    id: mark.id("notice id", "outreach-justice:F"),
    caseId: file.id,
    madeAt: mark.instant("notice made", "outreach-justice:F"),
    recordedAt: mark.instant("notice recorded", "outreach-justice:F"),
    madeBy: mark.text("officer of the outreach", "outreach-justice:F"),
  });
  await write.outreach({
    id: mark.id("visit id", "outreach-justice:F"),
    caseId: file.id,
    kind: "visit",
    madeAt: mark.instant("visit made", "outreach-justice:F"),
    madeBy: mark.text("officer of the visit", "outreach-justice:F"),
  });
  await write.screen({
    id: mark.id("screen id", "lethality-screen:F"),
    caseId: file.id,
    screenedAt: mark.instant("screened", "lethality-screen:F"),
  });
  const place = { ...placeOf(man), advocacy: [agency].filter(isAgency) };
  const ofOrder = markers.at(place);
  const order = await write.order({
    id: ofOrder.id("order id", "orders:F"),
    personId,
    caseId: file.id,
    docket: ofOrder.text("order docket", "orders:F"),
    terms: ofOrder.text("order terms", "orders:F"),
    termsForProvider: ofOrder.text("order terms for providers", "orders:L7"),
    protectedAddresses: [ofOrder.text("protected address", "orders:X")],
    issuedOn: ofOrder.day("order issued", "orders:F"),
    servedOn: ofOrder.day("order served", "orders:F"),
    expiresOn: ofOrder.dayAhead("order expires", "orders:F"),
  });
  return { caseId: file.id, victimId: victim.id, orderId: order.id, markOrder: ofOrder };
}

async function writeLevel(
  write: Miniature,
  markers: Markers,
  man: Man,
  personId: string,
  incidentId: string,
) {
  const mark = markers.at(placeOf(man));
  const fired = () => [
    {
      criterionId: mark.text("criterion", "tier-reasons:F"),
      level: man.level ?? ("C" as const),
      predicate: "ipv-charges" as const,
      factIds: [incidentId],
      category: "first charge" as const,
    },
  ];
  const proposal = (more: Parameters<Miniature["proposal"]>[0]) =>
    write.proposal({
      personId,
      ruleSetId: mark.text("rule set", "tier-reasons:F"),
      ruleSetVersion: mark.number("rule set version", "tier-reasons:F"),
      asOf: mark.day("judged on", "tier-reasons:F"),
      fired: fired(),
      heldForReview: [{ factId: mark.id("held fact", "tier-reasons:F"), reason: "undated" }],
      marks: [{ code: "PROBABLE_CAUSE_WITHOUT_CHARGE", factIds: [mark.id("marked fact", "tier-reasons:F")] }],
      proposedAt: mark.instant("proposed", "tier-reasons:F"),
      ...more,
    });
  const level = man.level ?? "C";
  const confirmed = await proposal({ level, supersededAt: new Date() });
  const { id: confirmationId } = await write.confirmation({
    personId,
    proposalId: confirmed.id,
    level,
    confirmedBy: mark.text("confirmed by", "tier:F"),
    confirmedAt: mark.instant("confirmed", "tier:F"),
  });
  const openProposalId = (await proposal({ level: level === "B" ? "A" : "B" })).id;
  return { openProposalId, confirmationId };
}

/** The report of a breach, by its contact. */
async function breachOf(database: DataSource, contactId: string): Promise<string> {
  const rows = await database.query<{ id: string }[]>("SELECT id FROM gate_breach WHERE contact_id = $1", [
    contactId,
  ]);
  return rows[0]!.id;
}

/** Writes a man with something in every element of the justice side, each value a marker. */
export async function writeMan(database: DataSource, markers: Markers, man: Man): Promise<KnownMan> {
  const write = miniatureOf(database);
  const { id: personId } = await writeIdentity(write, markers, man);
  const cases = [];
  for (const index of man.cases.keys()) cases.push(await writeCase(write, markers, man, personId, index));
  const caseIds = cases.map(({ caseId }) => caseId);
  const incidentId = await writeIncident(write, markers, man, personId, cases[0]!.victimId);
  for (const { orderId, markOrder } of cases) {
    await write.orderViolation({
      id: markOrder.id("violation id", "orders:F"),
      orderId,
      incidentId,
      occurredOn: markOrder.day("violation", "orders:F"),
    });
  }
  const warrantId = await writeCourt(write, markers, man, personId, incidentId);
  await writePulls(database, markers, placeOf(man), { personId, warrantId });
  await writeCustody(write, markers, man, personId);
  const contactId = await writeContacts(write, markers, man, personId);
  const letters = await writeLetters(write, markers, placeOf(man), { personId, contactId });
  const callIns = await writeCallIns(write, markers, man, personId);
  const breachId = await breachOf(database, await writeBreaches(write, markers, man, personId));
  const promiseIds = await writePromises(write, markers, man, { personId, caseIds, place: placeOf(man) });
  for (const providerAgency of man.providers) await write.referral({ personId, providerAgency });
  const { openProposalId, confirmationId } = await writeLevel(write, markers, man, personId, incidentId);
  const reviewId = await writeReviews(database, markers, placeOf(man), { personId, confirmationId });
  await tellOf(database, personId);
  const alertId = await writeAlertRecord(database, man, personId);
  const chargeIds = await writeCorrections(database, write, markers, placeOf(man), personId);
  return {
    ...man,
    personId,
    caseIds,
    openProposalId,
    warrantId,
    reviewId,
    chargeIds,
    promiseIds,
    alertId,
    breachId,
    letters,
    ...callIns,
    place: placeOf(man),
  };
}

/** Enough people of two levels, sexes and kinds of custody that figures of them are shown. */
export async function writeCrowd(database: DataSource): Promise<void> {
  const write = miniatureOf(database);
  for (const level of ["C", "D"] as const) {
    for (let count = 0; count < 12; count++) {
      const { id: personId } = await write.person({ sex: level === "C" ? "F" : "M" });
      if (level === "C") await write.custodyEvent({ personId, status: "booked", recordedAt: new Date() });
      const proposal = await write.proposal({ personId, level, supersededAt: new Date() });
      await write.confirmation({ personId, proposalId: proposal.id, level });
    }
  }
}

/** Somebody who is nobody here, so that no caller is cut off. */
const ELSEWHERE = { agency: "open-door", subject: "provider-8" };

/**
 * Writes conflicts about a man and about a case of his, and seals the case for readers of whom the callers are some.
 * Answers a conflict that can be ended.
 */
export async function writeConflicts(database: DataSource, man: KnownMan): Promise<string> {
  const write = miniatureOf(database);
  const ended = { endedAt: new Date("2020-01-01T00:00:00Z"), endedBy: "coordinator-1@metro-police" };
  const recordedAt = new Date("2019-01-01T00:00:00Z");
  await write.conflict({ ...ELSEWHERE, caseId: man.caseIds[0]!, recordedAt, ...ended });
  const { id } = await write.conflict({ ...ELSEWHERE, personId: man.personId, recordedAt });
  await write.compartment({ caseId: man.caseIds[0]! });
  for (const [agency, subject] of [
    ["metro-police", "detective-1"],
    ["metro-police", "coordinator-1"],
    ["county-prosecutor", "prosecutor-1"],
    ["county-probation", "probation-1"],
  ] as const) {
    await write.compartmentReader({ caseId: man.caseIds[0]!, agency, subject });
  }
  return id;
}
