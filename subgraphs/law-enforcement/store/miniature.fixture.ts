import { randomUUID } from "node:crypto";
import type { DataSource, DeepPartial, EntityTarget, ObjectLiteral } from "typeorm";
import type { GateCondition } from "../domain/contact-outcome";
import { CallInRow, CallInSpeakerRow } from "./entities/call-in";
import { CaseFileRow, JusticeOutreachRow, LethalityScreenRow } from "./entities/case-file";
import { CompartmentReaderRow, CompartmentRow, ConflictOfInterestRow } from "./entities/conflict";
import { ContactClearanceRow, ContactRow, SanctionPromiseRow } from "./entities/contact";
import { ExposureLetterRow } from "./entities/exposure-letter";
import { ChargeRow, PriorRecordRow, WarrantRow } from "./entities/court";
import { CustodyEventRow, ProhibitedBehaviourRow, ReleaseConditionRow } from "./entities/custody";
import { IncidentReviewRow, IncidentRow, OffenceRow, OffenceWeaponRow } from "./entities/incident";
import { ArrestRow, IncidentSubjectRow, IncidentVictimRow, RelationshipRow } from "./entities/incident-party";
import { GateBreachRow } from "./entities/gate-breach";
import { IntelligenceRow, InvestigationNoteRow } from "./entities/investigation";
import { LevelConfirmationRow, LevelProposalRow, LevelReviewRow } from "./entities/level";
import { LeverPullRow } from "./entities/lever";
import { OrderOfProtectionRow, OrderViolationRow } from "./entities/order-of-protection";
import { PersonRow, ReferralAgreementRow } from "./entities/person";
import { SafeContactRuleRow, VictimRow } from "./entities/victim";

const CONTACT = {
  level: "C" as const,
  means: "notification" as const,
  state: "planned" as const,
  plannedFor: new Date("2099-04-01T10:00:00.000Z"),
  plannedBy: "dana@metro-police",
  attemptsNeeded: 3,
};

/**
 * Writes a county small enough to reason about, record by record, for tests: each function fills in what is not given,
 * so that a test names only what it is about.
 */
export function miniatureOf(database: DataSource) {
  const writer =
    <Row extends ObjectLiteral>(entity: EntityTarget<Row>, defaults: () => DeepPartial<NoInfer<Row>>) =>
    (given: Partial<Row> = {}): Promise<Row> =>
      database.manager.save(database.manager.create(entity, { ...defaults(), ...given }));
  const source = () => ({ source: "miniature", sourceKey: randomUUID() });

  return {
    person: writer(PersonRow, () => ({
      ...source(),
      familyName: "Example",
      givenName: "Pat",
      dateOfBirth: "1985-06-15",
    })),
    victim: writer(VictimRow, () => ({ ...source(), familyName: "Example", givenName: "Vic" })),
    safeContactRule: writer(SafeContactRuleRow, () => ({
      mayCall: true,
      mayWrite: false,
      mayLeaveMessage: false,
      language: "en",
    })),
    caseFile: writer(CaseFileRow, () => ({})),
    incident: writer(IncidentRow, () => ({ ...source(), occurredOn: "2026-01-10" })),
    offence: writer(OffenceRow, () => ({ sourceKey: randomUUID(), code: "13B", title: "Simple assault" })),
    offenceWeapon: writer(OffenceWeaponRow, () => ({ code: "40" })),
    subject: writer(IncidentSubjectRow, () => ({ sourceKey: randomUUID() })),
    incidentVictim: writer(IncidentVictimRow, () => ({ sourceKey: randomUUID(), typeCode: "I" })),
    relationship: writer(RelationshipRow, () => ({ code: "BG", class: "intimate-partner" as const })),
    review: writer(IncidentReviewRow, () => ({ kind: "unknown-relationship" as const })),
    note: writer(InvestigationNoteRow, () => ({ kind: "interview" as const, text: "note" })),
    arrest: writer(ArrestRow, () => ({ ...source(), arrestedOn: "2026-01-11" })),
    charge: writer(ChargeRow, () => ({
      ...source(),
      offenceCode: "13B",
      title: "Simple assault",
      ipv: true,
      filedOn: "2026-01-12",
      provenance: "court" as const,
    })),
    priorRecord: writer(PriorRecordRow, () => ({
      provenance: "ncic" as const,
      offenceCode: "13A",
      title: "Aggravated assault",
      occurredOn: "2018-05-05",
      disposition: "convicted" as const,
    })),
    warrant: writer(WarrantRow, () => ({
      number: "W-1",
      offenceTitle: "Simple assault",
      issuedOn: "2026-02-01",
    })),
    custodyEvent: writer(CustodyEventRow, () => ({ status: "booked" as const, occurredAt: new Date() })),
    condition: writer(ReleaseConditionRow, () => ({
      kind: "bail" as const,
      terms: "No contact",
      effectiveFrom: "2026-01-01",
    })),
    breach: writer(ProhibitedBehaviourRow, () => ({ occurredOn: "2026-02-02", description: "Came back" })),
    order: writer(OrderOfProtectionRow, () => ({
      docket: "OP-1",
      terms: "Stay away",
      issuedOn: "2026-01-15",
      expiresOn: "2099-01-15",
    })),
    orderViolation: writer(OrderViolationRow, () => ({ occurredOn: "2026-02-20" })),
    intelligence: writer(IntelligenceRow, () => ({
      groupNexus: "Group",
      suspicionBasis: "Field interview of 2025",
    })),
    /** A contact in any state, with what its state says must have been before. Of level B: its victims were told. */
    contact: (given: Partial<ContactRow> = {}): Promise<ContactRow> =>
      database.transaction(async (manager) => {
        const row = manager.create(ContactRow, { ...CONTACT, recordedAt: new Date(), ...given });
        const { state, recordedAt } = row;
        row.gated = given.gated ?? row.level === "B";
        if (state === "recalled") row.recallReason ??= "other";
        if (row.messenger != null) row.messengerAgency ??= "street-voices";
        if (["made", "breached"].includes(state)) row.madeAt ??= new Date(recordedAt.getTime() + 2_000);
        if (["released", "made", "refused", "not-found", "recalled"].includes(state)) {
          row.releasedAt ??= new Date(recordedAt.getTime() + 1_000);
          row.releasedBy ??= "cora@metro-police";
        }
        if (!["planned", "released"].includes(state)) {
          row.closedAt ??= new Date(recordedAt.getTime() + 3_000);
          row.closedBy ??= "dana@metro-police";
        }
        const saved = await manager.save(row);
        if (saved.releasedAt) {
          const clearance = { contactId: saved.id, answeredAt: saved.releasedAt };
          await manager.insert(ContactClearanceRow, clearance);
        }
        if (state === "breached") {
          const failed: GateCondition[] = saved.plannedBy === null ? ["not-planned"] : ["not-released"];
          const report = {
            contactId: saved.id,
            failed,
            reportedBy: "dana@metro-police",
            reportedAt: recordedAt,
          };
          await manager.insert(GateBreachRow, report);
        }
        return saved;
      }),
    callIn: writer(CallInRow, () => ({
      plannedFor: CONTACT.plannedFor,
      place: "Town hall",
      state: "planned" as const,
      helpOffered: true,
      plannedBy: "cora@metro-police",
      recordedAt: new Date(),
    })),
    speaker: writer(CallInSpeakerRow, () => ({
      ...{ position: 1, name: "Example Speaker", role: "pastor", kind: "community-voice" as const },
    })),
    breachReview: (contactId: string, given: Pick<GateBreachRow, "review" | "reviewedBy" | "reviewedAt">) =>
      database.manager.update(GateBreachRow, { contactId }, given),
    /** A letter of which the text alone is known, served on a day or else reviewed. */
    letter: (given: Partial<ExposureLetterRow> = {}): Promise<ExposureLetterRow> => {
      const served = given.servedOn != null;
      const row = database.manager.create(ExposureLetterRow, {
        ...{ kind: "custom-notification", state: served ? "served" : "reviewed", text: "Exposure" },
        ...{ draftedBy: "dana@metro-police", approvedBy: "prosecutor" },
        ...(served ? { closedAt: new Date(), closedBy: "dana@metro-police" } : {}),
        ...given,
      });
      return database.manager.save(row);
    },
    promise: (given: Partial<SanctionPromiseRow> = {}) =>
      writer(SanctionPromiseRow, () => ({
        promisedTo: "offender" as const,
        promised: "sanction" as const,
        text: "Promise",
        ownerAgency: "metro-police",
        dueOn: "2026-05-01",
        madeBy: "dana@metro-police",
        ...((given.state ?? "open") === "open"
          ? {}
          : { settledAt: new Date(), settledBy: "dana@metro-police" }),
      }))(given),
    pull: writer(LeverPullRow, () => ({
      kind: "community" as const,
      state: "open" as const,
      tried: "Called on",
      triedAt: new Date("2026-03-01T00:00:00.000Z"),
      triedBy: "officer",
      recordedBy: "dana@metro-police",
      recordedAt: new Date("2026-03-01T00:00:00.000Z"),
    })),
    referral: writer(ReferralAgreementRow, () => ({
      providerAgency: "new-start",
      agreedAt: new Date("2026-03-01T00:00:00.000Z"),
    })),
    outreach: writer(JusticeOutreachRow, () => ({
      kind: "victim-notice" as const,
      outcome: "reached" as const,
      madeAt: new Date("2026-03-01T00:00:00.000Z"),
      madeBy: "officer",
    })),
    screen: writer(LethalityScreenRow, () => ({
      answers: { "1": "yes" as const },
      highDanger: true,
      screenedAt: new Date("2026-01-10T00:00:00.000Z"),
    })),
    proposal: writer(LevelProposalRow, () => ({
      level: "C" as const,
      ruleSetId: "rules",
      ruleSetVersion: 1,
      asOf: "2026-02-01",
      fired: [],
    })),
    conflict: writer(ConflictOfInterestRow, () => ({
      why: "party" as const,
      recordedBy: "cora@metro-police",
    })),
    compartment: writer(CompartmentRow, () => ({ openedBy: "cora@metro-police" })),
    compartmentReader: writer(CompartmentReaderRow, () => ({ namedBy: "cora@metro-police" })),
    levelReview: writer(LevelReviewRow, () => ({
      proposedLevel: "D" as const,
      reasons: [{ code: "LOWER_PROPOSAL" as const, factIds: [] }],
      openedAt: new Date("2026-03-01T00:00:00.000Z"),
    })),
    confirmation: writer(LevelConfirmationRow, () => ({
      reason: "proposal" as const,
      confirmedBy: "dana@metro-police",
    })),
  };
}
export type Miniature = ReturnType<typeof miniatureOf>;

/** A person of whom every kind of record exists, and the ids a test needs to ask for them. */
export async function completePerson(
  write: Miniature,
  given: { readonly assignedAgency?: string; readonly messenger?: string } = {},
) {
  const { id: personId } = await write.person({
    aliases: ["Al"],
    phone: "555-0100",
    address: "1 Example Road",
  });
  const { id: victimId } = await write.victim({ phone: "555-0101", address: "2 Example Road" });
  await write.safeContactRule({ victimId });
  const assignedAgency = given.assignedAgency ?? "harbor-house";
  const file = await write.caseFile({ personId, victimId, assignedAgency, assignedAt: new Date() });
  const { id: incidentId } = await write.incident({
    narrative: "narrative",
    conferenceSummary: "summary",
    intimatePartner: true,
  });
  const { id: offenceId } = await write.offence({ incidentId });
  await write.offenceWeapon({ offenceId });
  const { id: incidentSubjectId } = await write.subject({ incidentId, personId });
  const { id: incidentVictimId } = await write.incidentVictim({ incidentId, victimId });
  await write.relationship({ incidentSubjectId, incidentVictimId });
  await write.review({ incidentId });
  await write.note({ incidentId });
  await write.arrest({ incidentId, incidentSubjectId, personId });
  const charge = await write.charge({ personId, incidentId });
  await write.priorRecord({ personId });
  await write.warrant({ personId });
  await write.custodyEvent({ personId });
  await write.condition({ personId, kind: "probation", termsForProvider: "No alcohol" });
  await write.breach({ personId });
  const order = await write.order({ personId, caseId: file.id, termsForProvider: "No contact" });
  await write.orderViolation({ orderId: order.id, incidentId });
  await write.intelligence({ personId });
  const contact = await write.contact({ personId, messenger: given.messenger ?? "mo", place: "Library" });
  const letter = await write.letter({ personId, servedOn: "2026-03-05" });
  const pull = await write.pull({ personId });
  const promise = await write.promise({ personId, promisedTo: "victim", caseId: file.id });
  await write.referral({ personId });
  await write.outreach({ caseId: file.id });
  await write.screen({ caseId: file.id });
  const fired = [
    {
      criterionId: "c-one-charge",
      level: "C" as const,
      predicate: "ipv-charges" as const,
      factIds: [incidentId],
      category: "first charge" as const,
    },
  ];
  const confirmed = await write.proposal({ personId, fired, supersededAt: new Date() });
  const inForce = await write.confirmation({ personId, proposalId: confirmed.id, level: "C" });
  const review = await write.levelReview({ personId, confirmationId: inForce.id });
  const open = await write.proposal({ personId, level: "B", fired });
  return {
    personId,
    victimId,
    caseId: file.id,
    contactId: contact.id,
    openProposalId: open.id,
    pullId: pull.id,
    promiseId: promise.id,
    letterId: letter.id,
    incidentId,
    chargeId: charge.id,
    reviewId: review.id,
  };
}
