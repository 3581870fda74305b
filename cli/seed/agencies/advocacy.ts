import { Batch } from "../batch";
import { addDays, at } from "../days";
import { givenName } from "../names";
import { addressAt, phoneAt } from "../places";
import type { Random } from "../random";
import { subjectOf, type SeedSite } from "../site";
import { ADVOCACY_TABLES, type AdvocacyBatch, type AssignedCase } from "./advocacy-tables";
import { conflictOf } from "./conflict";
import { addDoneTask, addTasks } from "./outreach-tasks";
import { addAssessment } from "./risk-assessments";
import { addReleases } from "./releases";
import { addVictimLetter } from "./victim-letters";

/** Adds one agency's own records of its cases, and clients who came by themselves. */
export function generateAdvocacy(
  cases: readonly AssignedCase[],
  given: { readonly agency: string; readonly site: SeedSite; readonly conferenceId: string },
  random: Random,
  lastDay: string,
): AdvocacyBatch {
  const batch: AdvocacyBatch = new Batch(ADVOCACY_TABLES);
  const { agency, site, conferenceId } = given;
  for (const one of cases) addCase(batch, one, agency, site, lastDay);
  cases
    .filter((_, index) => index % 20 === 19)
    .forEach((one, turn) => addConflict(batch, one, turn, agency, lastDay));
  cases
    .filter((_, index) => index % 12 === 0)
    .forEach((one, turn) => addAction(batch, one, turn, { agency, conferenceId, lastDay }));
  const walkIns = Math.max(1, Math.round(cases.length * 0.04));
  for (let index = 0; index < walkIns; index += 1) addWalkIn(batch, site, random, index, lastDay);
  return batch;
}

const ACTION_STATES = ["open", "done", "dropped"] as const;

/** Adds what the agency took on about a case for the conference that is ahead. */
function addAction(
  batch: AdvocacyBatch,
  { couple, random }: AssignedCase,
  turn: number,
  given: { readonly agency: string; readonly conferenceId: string; readonly lastDay: string },
): void {
  const { agency, conferenceId, lastDay } = given;
  const state = ACTION_STATES[turn % ACTION_STATES.length]!;
  const by = subjectOf("advocate", random.int(1, 5));
  const closed = state !== "open";
  batch.add("conference_action", {
    ...{ id: random.uuid(), conference_id: conferenceId, about_id: couple.caseId, state },
    ...{ text: "Go with her to the hearing.", owner_agency: agency, owner: by, due_on: addDays(lastDay, 7) },
    ...{ recorded_by: by, recorded_at: at(addDays(lastDay, -3), 10) },
    closed_at: closed ? at(addDays(lastDay, -1), 10) : null,
    closed_by: closed ? by : null,
  });
}

function addCase(
  batch: AdvocacyBatch,
  one: AssignedCase,
  agency: string,
  site: SeedSite,
  lastDay: string,
): void {
  const { couple, random, first } = one;
  const assignedOn = couple.assignedOn!;
  const advocate = subjectOf("advocate", first ? 1 : random.int(1, 5));
  batch.add("case_assignment", {
    case_id: couple.caseId,
    assigned_at: at(assignedOn, 9, random.int(0, 59)),
    advocate: first || random.chance(0.9) ? advocate : null,
  });
  addTasks(batch, one, lastDay);
  const mailed = couple.mayWrite && random.chance(0.3);
  if (mailed || (couple.mayWrite && random.fork("draft").chance(0.2)))
    addVictimLetter(batch, one, site, { day: assignedOn, mailed });
  const reached = addAttempts(batch, one, { advocate, assignedOn, mailed }, lastDay);
  if (reached !== null && (first || random.chance(0.7))) addSafeContact(batch, one, reached, advocate);
  if (reached === null || !(first || random.chance(0.55))) return;
  const clientId = random.uuid();
  // What she tells an advocate is hers: often another telephone and another place than police know.
  const moved = first || random.chance(0.4);
  const address = first || random.chance(0.8) ? (moved ? addressAt(couple.place + 3) : couple.address) : null;
  batch.add("client", {
    id: clientId,
    case_id: couple.caseId,
    preferred_name: couple.given,
    phone: first || random.chance(0.9) ? phoneAt(couple.place + (moved ? 3 : 0)) : null,
    address,
    registered_at: at(reached, 16),
  });
  for (const known of new Set([moved ? couple.address : null, address])) {
    if (known !== null) addAddress(batch, random, clientId, known, reached, advocate);
  }
  const urgent = one.level === "A" || one.level === "B";
  if (first || random.chance(urgent ? 0.85 : 0.4)) {
    const outreachId = addOutreach(batch, one, reached, "risk-assessment", "reached", advocate, null);
    addDoneTask(batch, one, { outreachId, kind: "risk-assessment", day: reached, by: advocate });
    const whose = { caseId: couple.caseId, clientId, outreachId, day: reached, advocate };
    addAssessment(batch, site, random, whose);
  }
  if (first || random.chance(urgent ? 0.8 : 0.45)) addSafetyPlan(batch, clientId, reached);
  addReleases(batch, { one, agency, site, advocate, from: reached, lastDay });
}

/** Adds the agency's attempts to reach her; the day on which she was reached, or null. */
function addAttempts(
  batch: AdvocacyBatch,
  one: AssignedCase,
  {
    advocate,
    assignedOn,
    mailed,
  }: { readonly advocate: string; readonly assignedOn: string; readonly mailed: boolean },
  lastDay: string,
): string | null {
  const { random, first, level } = one;
  const write = (day: string, kind: string, outcome: string, note: string | null) =>
    void addOutreach(batch, one, day, kind, outcome, advocate, note);
  if (mailed) write(assignedOn, "letter", "sent", null);
  const attempts = first ? 2 : random.int(1, 4);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const day = addDays(assignedOn, attempt * 3 + 1);
    if (day > lastDay) return null;
    const last = attempt === attempts - 1;
    const outcome =
      last && (first || random.chance(0.8)) ? "reached" : random.chance(0.1) ? "declined" : "not-reached";
    const kind = level === "A" && attempt === 0 ? "emergency-assessment" : random.pick(["call", "visit"]);
    const note = first || random.chance(0.4) ? random.pick(NOTES) : null;
    write(day, kind, outcome, note);
    if (outcome === "declined") return null;
    if (outcome !== "reached") continue;
    const next = addDays(day, 7);
    if (next <= lastDay && (first || random.chance(0.5))) write(next, "safety-planning", "reached", null);
    const later = addDays(day, 21);
    if (later <= lastDay && (first || random.chance(0.25))) write(later, "case-management", "reached", null);
    return day;
  }
  return null;
}

function addOutreach(
  batch: AdvocacyBatch,
  { couple, random }: AssignedCase,
  day: string,
  kind: string,
  outcome: string,
  advocate: string,
  note: string | null,
): string {
  const id = random.uuid();
  batch.add("outreach", {
    id,
    case_id: couple.caseId,
    kind,
    outcome,
    made_at: at(day, random.int(10, 14), random.int(0, 59)),
    made_by: advocate,
    note,
    recorded_at: at(day, 15),
  });
  return id;
}

/** What she said of how she may be reached: to an advocate often more than to the police. */
function addSafeContact(batch: AdvocacyBatch, one: AssignedCase, day: string, advocate: string): void {
  const random = one.random.fork("safe contact");
  const mayCall = one.first || random.chance(0.85);
  const hours = one.first || random.chance(0.4);
  batch.add("safe_contact", {
    id: random.uuid(),
    case_id: one.couple.caseId,
    may_call: mayCall,
    may_write: one.couple.mayWrite,
    may_leave_message: mayCall && random.chance(0.3),
    may_visit: one.first || random.chance(0.5),
    hours_from: hours ? "09:00" : null,
    hours_until: hours ? "15:30" : null,
    language: random.chance(0.2) ? "es" : "en",
    told_at: at(day, 15),
    recorded_at: at(day, 15, 30),
    recorded_by: advocate,
  });
}

function addAddress(
  batch: AdvocacyBatch,
  random: Random,
  clientId: string,
  address: string,
  day: string,
  advocate: string,
): void {
  const id = random.fork(`address ${address}`).uuid();
  batch.add("client_address", {
    id,
    client_id: clientId,
    address,
    recorded_at: at(day, 16),
    recorded_by: advocate,
  });
}

const NOTES = [
  "She asks to be called from a number that shows no name.",
  "Wants to think about an order; second talk agreed.",
  "Her sister may take messages.",
  "Children's school to be told whom they may hand the children to.",
];

function addSafetyPlan(batch: AdvocacyBatch, clientId: string, day: string): void {
  batch.add("safety_plan", {
    client_id: clientId,
    text: "Bag and papers with a neighbour. Word agreed with the children. Side door, not the stairs. Whom to call first.",
    updated_at: at(day, 16, 40),
  });
}

/** One of her colleagues is cut off from the case. */
function addConflict(
  batch: AdvocacyBatch,
  { couple, random }: AssignedCase,
  turn: number,
  agency: string,
  lastDay: string,
): void {
  const by = subjectOf("advocate");
  const cut = { agency, subject: subjectOf("advocate", 9), by };
  const day = addDays(couple.assignedOn!, 1);
  const conflict = conflictOf(cut, turn, day, lastDay, random.fork("conflict"));
  batch.add("conflict_of_interest", {
    ...conflict,
    case_id: couple.caseId,
    // Nobody else records one here, so the agency goes without saying.
    recorded_by: by,
    ended_by: conflict.ended_at === null ? null : by,
    mutation_key: conflict.id,
  });
}

/** Somebody who came by herself: no case of hers is known to anyone else. */
function addWalkIn(
  batch: AdvocacyBatch,
  site: SeedSite,
  random: Random,
  index: number,
  lastDay: string,
): void {
  const day = addDays(lastDay, -random.int(1, 700));
  const clientId = random.uuid();
  batch.add("client", {
    id: clientId,
    case_id: null,
    preferred_name: givenName(random, random.chance(0.9) ? "F" : "M"),
    phone: random.chance(0.9) ? phoneAt(random.int(0, 7999)) : null,
    // Beyond every address that police know.
    address: random.chance(0.6) ? addressAt(2_000_000 + random.int(0, 500) * 1000 + index) : null,
    registered_at: at(day, 13),
  });
  if (random.chance(0.5)) {
    const advocate = subjectOf("advocate", random.int(1, 5));
    addAssessment(batch, site, random, { caseId: null, clientId, outreachId: null, day, advocate });
  }
  if (random.chance(0.5)) addSafetyPlan(batch, clientId, day);
}
