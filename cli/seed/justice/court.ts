import { addDays, at } from "../days";
import { SOURCE, type JusticeCity, type Subject } from "./city";
import { titleOf, type RecordedIncident } from "./incidents";

export type Disposition = "pending" | "convicted" | "dismissed" | "acquitted";

/** A charge as the plan of a person's history names it. */
export interface Charging {
  readonly disposition: Disposition;
  /** Not for an incident that the hub knows: an older docket, with code and day of its own. */
  readonly unlinked?: { readonly code: string; readonly day: string; readonly ipv: boolean };
}

/**
 * Adds a charge for an incident, filed up to three days after it. A decision that would lie after the city's last day
 * has not come yet: the charge is then pending.
 */
export function addCharge(
  city: JusticeCity,
  person: Subject,
  incident: RecordedIncident | null,
  { disposition, unlinked }: Charging,
): void {
  const { random } = person;
  const code = unlinked?.code ?? incident!.happening.code;
  const day = unlinked?.day ?? incident!.happening.day;
  const filed = addDays(day, random.int(0, 3));
  const filedOn = filed <= city.factsUntil ? filed : city.factsUntil;
  const courtDate = addDays(filedOn, random.int(30, 120));
  const decided = disposition !== "pending" && courtDate <= city.factsUntil;
  city.batch.add("charge", {
    id: random.uuid(),
    source: SOURCE,
    source_key: city.nextNumber("CH", filedOn),
    person_id: person.id,
    incident_id: incident?.id ?? null,
    offence_code: code,
    title: titleOf(code),
    ipv: unlinked?.ipv ?? true,
    weapon_codes: incident?.happening.weapons ?? [],
    docket: person.number === 0 || random.chance(0.85) ? city.nextNumber("CR", filedOn) : null,
    filed_on: filedOn,
    court_date: person.number === 0 || random.chance(0.9) ? courtDate : null,
    disposition: decided ? disposition : "pending",
    disposition_on: decided ? courtDate : null,
    provenance: decided || random.chance(0.3) ? "court" : "local",
    recorded_at: at(decided ? courtDate : filedOn, 23, 56),
  });
}

/** An older offence as the plan names it. */
export interface Prior {
  readonly code: string;
  readonly day: string;
  readonly disposition: Disposition;
  readonly provenance: "local" | "court" | "ncic";
}

/** Adds an older offence that is not known as a charge. None of them was against a partner. */
export function addPriorRecord(city: JusticeCity, person: Subject, prior: Prior, knownOn: string): void {
  city.batch.add("prior_record", {
    id: person.random.uuid(),
    person_id: person.id,
    provenance: prior.provenance,
    offence_code: prior.code,
    title: titleOf(prior.code),
    ipv: false,
    occurred_on: prior.day,
    disposition: prior.disposition,
    recorded_at: at(knownOn, 23, 57),
  });
}

/** Adds one to three older offences that raise no level: none is violent. */
export function addPettyRecords(city: JusticeCity, person: Subject, knownOn: string, atLeast = 1): void {
  const { random } = person;
  const count = random.int(atLeast, Math.max(atLeast, 3));
  for (let index = 0; index < count; index += 1) {
    const prior: Prior = {
      code: random.pick(["23C", "35A", "90C", "90D", "90E", "90J", "280", "26A"]),
      day: addDays(knownOn, -random.int(100, 4000)),
      disposition: random.weighted([["convicted", 65], ["dismissed", 25], ["acquitted", 5], ["pending", 5]]), // prettier-ignore
      // The first person's first one comes from the national record.
      provenance:
        index === 0 && person.number === 0
          ? "ncic"
          : random.weighted([["local", 45], ["court", 30], ["ncic", 25]]), // prettier-ignore
    };
    addPriorRecord(city, person, prior, knownOn);
  }
}

/** Adds a warrant; some are still open. */
export function addWarrant(city: JusticeCity, person: Subject, day: string, open: boolean): void {
  const { random } = person;
  const issued = addDays(day, random.int(5, 60));
  const issuedOn = issued <= city.factsUntil ? issued : city.factsUntil;
  const cleared = addDays(issuedOn, random.int(5, 200));
  const code = random.pick(["90K", "90D", "23C", "13B"]);
  city.batch.add("warrant", {
    id: random.uuid(),
    person_id: person.id,
    number: city.nextNumber("WR", issuedOn),
    offence_title: titleOf(code),
    issued_on: issuedOn,
    cleared_on: !open && cleared <= city.factsUntil ? cleared : null,
    recorded_at: at(issuedOn, 23, 58),
  });
}
