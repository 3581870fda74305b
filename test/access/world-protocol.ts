import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { append } from "../../platform/outbox/append";
import { ExpungementRow } from "../../subgraphs/law-enforcement/store/entities/expungement";
import { CorrectionRow, DetachedSubjectRow } from "../../subgraphs/law-enforcement/store/entities/correction";
import {
  LevelReviewRow,
  PanelDecisionRow,
  PanelVoteRow,
} from "../../subgraphs/law-enforcement/store/entities/level";
import { LeverPullRow } from "../../subgraphs/law-enforcement/store/entities/lever";
import type { Miniature } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import { CALLERS } from "./callers";
import type { Marking, Markers, Place } from "./markers";
import type { Man } from "./man";

/** Writes levers that were pulled: one that has ended, and one of the group nexus. */
export async function writePulls(
  database: DataSource,
  markers: Markers,
  place: Place,
  { personId, warrantId }: { readonly personId: string; readonly warrantId: string },
): Promise<void> {
  const mark = markers.at(place);
  for (const nexus of [false, true]) {
    const sight = nexus ? "intelligence:F" : "intelligence:L10";
    await database.manager.insert(LeverPullRow, {
      id: mark.id("pull id", sight),
      personId,
      kind: nexus ? "group-nexus" : "warrant",
      recordId: nexus ? null : warrantId,
      state: "failed",
      tried: mark.text("what was tried", sight),
      triedAt: mark.instant("tried", sight),
      triedBy: mark.text("tried by", sight),
      recordedBy: mark.text("pull recorded by", sight),
      recordedAt: mark.instant("pull recorded", sight),
      note: mark.text("what came of it", sight),
      endedBy: mark.text("pull ended by", sight),
      endedAt: mark.instant("pull ended", sight),
    });
  }
}

const PROMISE = ["promises:F", "promises:L19", "promises:O"] as const;
/** Those whose agencies own promises. */
const OWNERS = [
  "detective",
  "coordinator",
  "prosecutor",
  "probation",
  "advocate",
  "provider",
  "messenger",
] as const;

const kept = (mark: Marking) => ({
  state: "kept" as const,
  madeBy: mark.text("promise made by", "promises:F"),
  recordedAt: mark.instant("promise made", "promises:F"),
  note: mark.text("how it was kept", "promises:F"),
  settledAt: mark.instant("promise settled", ...PROMISE),
  settledBy: mark.text("promise settled by", "promises:F"),
});

/** Writes promises that were kept, to him and to her, and of each role that owns some one that is overdue, whose id it answers. */
export async function writePromises(
  write: Miniature,
  markers: Markers,
  man: Man,
  {
    personId,
    caseIds,
    place,
  }: { readonly personId: string; readonly caseIds: readonly string[]; readonly place: Place },
): Promise<Record<string, string>> {
  const owners = ["metro-police", ...man.providers, ...(man.messengers.length > 0 ? ["street-voices"] : [])];
  for (const owner of owners) {
    const mark = markers.at({ ...place, advocacy: [], owner });
    await write.promise({
      id: mark.id("promise id", ...PROMISE),
      personId,
      text: mark.text(`promise to him by ${owner}`, ...PROMISE),
      ownerAgency: owner,
      dueOn: mark.dayAhead("promise due", ...PROMISE),
      ...kept(mark),
    });
  }
  for (const [index, caseId] of caseIds.entries()) {
    const agency = man.cases[index] ?? null;
    const mark = markers.at({ ...place, advocacy: agency === null ? [] : [agency], owner: "metro-police" });
    await write.promise({
      id: mark.id("id of a promise to her", ...PROMISE),
      personId,
      caseId,
      promisedTo: "victim",
      text: mark.text("promise to the victim", ...PROMISE),
      dueOn: mark.dayAhead("promise to her due", ...PROMISE),
      ...kept(mark),
    });
  }
  const overdue: Record<string, string> = {};
  for (const role of OWNERS) {
    const owner = CALLERS[role].agency;
    const mark = markers.at({ ...place, advocacy: [], owner });
    const { id } = await write.promise({
      id: mark.id("overdue promise id", ...PROMISE),
      personId,
      text: mark.text(`overdue promise of ${role}`, ...PROMISE),
      ownerAgency: owner,
      dueOn: mark.day("promise was due", ...PROMISE),
    });
    overdue[role] = id;
  }
  return overdue;
}

/** Writes a review of a level that a panel has ended, and one that is open, whose id it answers. */
export async function writeReviews(
  database: DataSource,
  markers: Markers,
  place: Place,
  { personId, confirmationId }: { readonly personId: string; readonly confirmationId: string },
): Promise<string> {
  const mark = markers.at(place);
  const REASON = "tier-reasons:F";
  const decisionId = mark.id("panel decision id", REASON);
  await database.manager.insert(PanelDecisionRow, {
    ...{ id: decisionId, personId, fromLevel: "C", toLevel: "D", outcome: "kept" },
    note: mark.text("why the panel decided so", REASON),
    decidedAt: mark.instant("panel decided", REASON),
    recordedBy: mark.text("panel recorded by", REASON),
    recordedAt: mark.instant("panel recorded", REASON),
  });
  await database.manager.insert(PanelVoteRow, {
    ...{ decisionId, vote: "against" },
    agency: mark.text("agency of a member", REASON),
    subject: mark.text("member of the panel", REASON),
  });
  const review = () => ({
    id: mark.id("level review id", REASON),
    ...{ personId, confirmationId, proposedLevel: "D" as const },
    reasons: [{ code: "FACT_GONE" as const, factIds: [mark.id("lost fact", REASON)] }],
    openedAt: mark.instant("level review opened", REASON),
  });
  const closedAt = mark.instant("level review closed", REASON);
  await database.manager.insert(LevelReviewRow, { ...review(), closedAt, outcome: "kept", decisionId });
  const open = review();
  await database.manager.insert(LevelReviewRow, open);
  return open.id;
}

/** The arrest of nobody who is known, that a court has sealed: nothing else is asked of it. */
export const EXPUNGED_ARREST = "00000000-0000-4000-8000-00000000e001";

/**
 * Writes an incident that was not his, with the recall of its alert, and the correction of a charge; answers a pending charge
 * for each of those who may end one.
 */
export async function writeCorrections(
  database: DataSource,
  write: Miniature,
  markers: Markers,
  place: Place,
  personId: string,
): Promise<Record<string, string>> {
  const mark = markers.at(place);
  const OF = "charges:F";
  const charge = () =>
    write.charge({
      ...{
        id: mark.id("ending charge id", OF),
        personId,
        recordedAt: new Date("1990-01-01T00:00:00Z"),
        ipv: false,
      },
      ...{
        title: mark.text("ending charge", OF, "charges:L6"),
        filedOn: mark.day("ending charge filed", OF),
      },
    });
  const { id: incidentId } = await write.incident({ id: mark.id("incident of another man", OF) });
  const arrest = await write.arrest({ incidentId });
  const correction = (more: Partial<CorrectionRow>) => ({
    id: mark.id("correction id", OF),
    ...{ personId, incidentId: null, chargeId: null, ...more },
    why: mark.text("why it was corrected", OF),
    consequences: [{ ripple: "recall-alert" as const, recordId: mark.id("recalled alert", OF) }],
    recordedBy: mark.text("corrected by", OF),
    recordedAt: mark.instant("corrected", OF),
  });
  const wrong = { ...correction({ incidentId }), kind: "wrong-person" as const };
  await database.manager.insert(CorrectionRow, wrong);
  await database.manager.insert(DetachedSubjectRow, { incidentId, personId, correctionId: wrong.id });
  const ended = correction({ chargeId: (await charge()).id });
  await database.manager.insert(CorrectionRow, { ...ended, kind: "not-guilty" });
  await database.manager.insert(ExpungementRow, {
    ...{
      id: mark.id("expungement id"),
      court: mark.text("court that sealed"),
      orderNumber: mark.text("order to seal"),
    },
    ...{
      orderedOn: "2026-01-01",
      recordedBy: mark.text("expunged by"),
      recordedAt: mark.instant("expunged"),
    },
  });
  await database.transaction((manager) =>
    append(manager, [
      {
        ...{ topic: "arrest", key: personId, occurredAt: new Date(), historic: false, provenance: "local" },
        facts: { change: "recalled", arrestId: arrest.id, recalls: randomUUID() },
      },
    ]),
  );
  const pending: Record<string, string> = {};
  for (const role of ["detective", "coordinator", "prosecutor"]) pending[role] = (await charge()).id;
  return pending;
}
