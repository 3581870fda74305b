import { createHash } from "node:crypto";
import { incidentRelationships } from "../../../subgraphs/law-enforcement/domain/relationship";
import type {
  HubRelationship,
  RelationshipPair,
} from "../../../subgraphs/law-enforcement/domain/relationship";
import { offence } from "../../../subgraphs/law-enforcement/domain/offence-codes";
import { addDays, ageOn, at } from "../days";
import type { Random } from "../random";
import { subjectOf } from "../site";
import { SOURCE, type Couple, type JusticeCity, type Subject } from "./city";
import { narrativeOf, summaryOf } from "./narratives";

/** An incident as the plan of a person's history names it. */
export interface Happening {
  readonly day: string;
  readonly couple: Couple;
  readonly code: string;
  readonly weapons: readonly string[];
  readonly injuries: readonly string[];
  readonly arrested: boolean;
  readonly orderViolation?: boolean;
  /** Both are recorded as offenders: a person has to say who the primary aggressor is. */
  readonly dualParty?: boolean;
  /** What the report says they are to each other where it is not what they are, e.g. RU. */
  readonly tie?: string;
  /** What the hub recorded beside it. */
  readonly stated?: HubRelationship;
  /** An offender whom nobody has identified was there too. */
  readonly stranger?: boolean;
  /** Somebody else was hurt too; what he or she is to him, e.g. CF. */
  readonly bystander?: string;
}

/** The incident, for what refers to it. */
export interface RecordedIncident {
  readonly id: string;
  readonly happening: Happening;
}

/** The title of a NIBRS offence code. @throws Error for an unknown code: the plan is wrong. */
export function titleOf(code: string): string {
  const found = offence(code);
  if (!found.ok) throw new Error(`${code} is no offence code.`);
  return found.value.title;
}

/** Adds an incident: its offence, weapons, who was there, how they are related, injuries, an arrest, reviews. */
export function addIncident(city: JusticeCity, person: Subject, happening: Happening): RecordedIncident {
  const { random } = person;
  const { batch } = city;
  const { day, couple, code, weapons, injuries } = happening;
  const id = random.uuid();
  const number = city.nextNumber("IR", day);
  const parties = partiesOf(random, happening);
  const read = incidentRelationships(parties.pairs);
  if (!read.ok) throw new Error(`The plan of an incident is wrong: ${read.refusal.code}.`);
  const { intimatePartner, dualParty, reviews, pairs } = read.value;
  const late = random.chance(0.05);
  batch.add("incident", {
    id,
    source: SOURCE,
    source_key: number,
    ori: random.chance(0.97) ? random.pick(AGENCIES).ori : null,
    case_number: person.number === 0 || random.chance(0.95) ? number.replace("IR", "MP") : null,
    occurred_on: day,
    occurred_hour: late ? null : random.weighted(HOURS),
    date_is_report: late,
    exceptional_clearance: !happening.arrested && random.chance(0.06) ? random.pick(["B", "C"]) : null,
    narrative:
      person.number === 0 || random.chance(0.9) ? narrativeOf(random, code, weapons, injuries) : null,
    conference_summary: person.number === 0 || random.chance(0.5) ? summaryOf(code, weapons, injuries) : null,
    intimate_partner: intimatePartner,
    dual_party: dualParty,
    source_fingerprint: createHash("sha256").update(JSON.stringify({ number, happening })).digest("hex"),
    recorded_at: at(day, 23, 50),
    updated_at: at(day, 23, 50),
  });

  const offenceId = city.nextOffence();
  const title = titleOf(code);
  const order = happening.orderViolation ?? false;
  const completed = code !== "220" || random.chance(0.8);
  batch.add("offence", { id: offenceId, incident_id: id, source_key: "1", code, title, completed, order_violation: order }); // prettier-ignore
  for (const weapon of weapons) batch.add("offence_weapon", { offence_id: offenceId, code: weapon });

  for (const [index, { rowId, kind }] of parties.offenders.entries()) {
    const known = kind === "person" ? person : kind === "victim" ? couple : null;
    batch.add("incident_subject", {
      id: rowId,
      incident_id: id,
      source_key: String(index + 1),
      // She is recorded as an offender of this incident, and is nobody's abusive partner for it.
      person_id: kind === "person" ? person.id : null,
      age: known === null ? null : ageOn(known.birth, day),
      sex: known?.sex ?? "U",
    });
  }
  for (const [index, { rowId, kind }] of parties.victims.entries()) {
    const known = kind === "victim" ? couple : kind === "person" ? person : null;
    batch.add("incident_victim", {
      id: rowId,
      incident_id: id,
      source_key: String(index + 1),
      victim_id: kind === "victim" ? couple.victimId : null,
      type_code: "I",
      age: known !== null && random.chance(0.97) ? ageOn(known.birth, day) : null,
      sex: known?.sex ?? "U",
    });
    batch.add("victim_offence", { incident_victim_id: rowId, offence_id: offenceId });
    for (const injury of kind === "victim" ? injuries : ["N"]) {
      batch.add("victim_injury", { incident_victim_id: rowId, code: injury });
    }
  }
  for (const pair of pairs) {
    batch.add("relationship", {
      incident_victim_id: pair.victimId,
      incident_subject_id: pair.offenderId,
      code: pair.nibrsCode ?? "RU",
      stated: pair.hubRelationship,
      class: pair.class,
    });
  }
  if (happening.arrested) addArrest(city, person, id, parties.offenders[0]!.rowId, happening);
  const kinds = new Set(reviews.map((one) => (one.kind === "primary-aggressor" ? "dual-party" : one.kind)));
  for (const kind of kinds) addReview(city, random, id, kind, day);
  return { id, happening };
}

interface Party {
  readonly rowId: string;
  readonly kind: "person" | "victim" | "stranger" | "bystander";
}

function partiesOf(random: Random, happening: Happening) {
  const { couple, tie, stated, dualParty, stranger, bystander } = happening;
  const him: Party = { rowId: random.uuid(), kind: "person" };
  const her: Party = { rowId: random.uuid(), kind: "victim" };
  const offenders = [him];
  const victims = [her];
  const pair = (victim: Party, offender: Party, nibrsCode: string): RelationshipPair => ({
    victimId: victim.rowId,
    offenderId: offender.rowId,
    nibrsCode,
    hubRelationship: null,
  });
  const pairs = [{ ...pair(her, him, tie ?? couple.tie), hubRelationship: stated ?? null }];
  if (dualParty) {
    const herAsOffender: Party = { rowId: random.uuid(), kind: "victim" };
    const himAsVictim: Party = { rowId: random.uuid(), kind: "person" };
    offenders.push(herAsOffender);
    victims.push(himAsVictim);
    pairs.push(pair(her, herAsOffender, "VO"));
    pairs.push(pair(himAsVictim, herAsOffender, couple.tie), pair(himAsVictim, him, "VO"));
  }
  if (stranger) {
    const other: Party = { rowId: random.uuid(), kind: "stranger" };
    offenders.push(other);
    pairs.push(pair(her, other, "ST"));
  }
  if (bystander !== undefined) {
    const other: Party = { rowId: random.uuid(), kind: "bystander" };
    victims.push(other);
    pairs.push(pair(other, him, bystander));
  }
  return { offenders, victims, pairs };
}

function addArrest(
  city: JusticeCity,
  person: Subject,
  incidentId: string,
  subjectRow: string,
  { day, code, stranger }: Happening,
): void {
  const { random } = person;
  // With two offenders the report does not always say which of them was arrested.
  const named = person.number === 0 || !(stranger ?? false) || random.chance(0.5);
  const arrestedOn =
    day < addDays(city.factsUntil, -3) && random.chance(0.25) ? addDays(day, random.int(1, 3)) : day;
  city.batch.add("arrest", {
    id: random.uuid(),
    source: SOURCE,
    source_key: city.nextNumber("AR", arrestedOn),
    incident_id: incidentId,
    incident_subject_id: named ? subjectRow : null,
    person_id: named ? person.id : null,
    arrested_on: arrestedOn,
    type_code: arrestedOn === day ? "O" : random.pick(["S", "T"]),
    offence_code: code,
    recorded_at: at(arrestedOn, 23, 55),
  });
}

function addReview(
  city: JusticeCity,
  random: Random,
  incidentId: string,
  kind: "unknown-relationship" | "dual-party",
  day: string,
): void {
  const resolvedOn = addDays(day, random.int(3, 30));
  const resolved = resolvedOn <= city.factsUntil && random.chance(0.4);
  city.batch.add("incident_review", {
    id: random.uuid(),
    incident_id: incidentId,
    kind,
    opened_at: at(day, 23, 55),
    resolved_at: resolved ? at(resolvedOn, 15) : null,
    resolved_by: resolved ? subjectOf("detective") : null,
    resolution: resolved ? RESOLUTIONS[kind] : null,
  });
}

const RESOLUTIONS = {
  "unknown-relationship": "Asked again: neighbours, no intimate tie.",
  "dual-party": "Defensive injuries on V1: not the primary aggressor.",
} as const;

/** The police agencies of the city. */
export const AGENCIES = [
  { ori: "EX0010000", name: "Metro Police Department" },
  { ori: "EX0010100", name: "Example County Sheriff" },
] as const;

const HOURS = Array.from({ length: 24 }, (_, hour) => [hour, hour >= 18 || hour < 2 ? 7 : 2] as const);
