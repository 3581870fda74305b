import { addDays, at, earlier } from "../days";
import { aliases, familyName, givenName, type Sex } from "../names";
import { addressAt, phoneAt, substituteAddressAt } from "../places";
import type { Random } from "../random";
import { SOURCE, type Couple, type JusticeCity, type Subject } from "./city";

/** Each person has this many numbers for addresses and telephones, his own and those of his victims. */
export const PLACES_PER_PERSON = 17;
/** Of these, so many belong to one victim; his own come first. */
const PLACES_PER_VICTIM = 4;

/** What is fixed about the first person; everybody else is drawn. */
export interface Fixed {
  readonly sex?: Sex;
  readonly agency?: string;
  readonly victims?: number;
  readonly sharesHome?: boolean;
}

/** Adds a person with his victims and cases. `knownOn`: the day of the first incident. */
export function addSubject(
  city: JusticeCity,
  number: number,
  random: Random,
  knownOn: string,
  fixed: Fixed = {},
): Subject {
  const sex = fixed.sex ?? random.weighted<Sex>([["M", 80], ["F", 17], ["X", 1], ["U", 2]]); // prettier-ignore
  const place = number * PLACES_PER_PERSON;
  const person = {
    id: random.uuid(),
    number,
    given: givenName(random, sex),
    family: familyName(random),
    sex,
    birth: addDays(knownOn, -random.int(19 * 365, 58 * 365)),
    address: addressAt(place),
    place,
    random,
  };
  city.batch.add("person", {
    id: person.id,
    source: SOURCE,
    source_key: `P-${String(number + 1).padStart(6, "0")}`,
    family_name: person.family,
    given_name: person.given,
    aliases: aliases(random, person.given),
    date_of_birth: number > 0 && random.chance(0.03) ? null : person.birth,
    sex,
    state_id: number === 0 || random.chance(0.8) ? `EX-${String(100_000 + number)}` : null,
    address: number === 0 || random.chance(0.92) ? person.address : null,
    phone: number === 0 || random.chance(0.8) ? phoneAt(place) : null,
    recorded_at: at(knownOn, 23),
  });
  const victims = fixed.victims ?? random.weighted([[1, 84], [2, 13], [3, 3]]); // prettier-ignore
  const couples = Array.from({ length: victims }, (_, index) =>
    addCouple(city, person, random.fork(`victim ${index}`), index, knownOn, fixed),
  );
  return { ...person, couples };
}

function addCouple(
  city: JusticeCity,
  person: Omit<Subject, "couples">,
  random: Random,
  index: number,
  knownOn: string,
  fixed: Fixed,
): Couple {
  const sex = random.chance(0.94)
    ? person.sex === "F"
      ? "M"
      : "F"
    : random.pick(["F", "M", "X", "U"] as const);
  const place = person.place + PLACES_PER_VICTIM * (index + 1);
  // Later victims are those of later relationships.
  const tie = index === 0 ? random.weighted(FIRST_TIES) : random.weighted(LATER_TIES);
  const livesWithHim = index === 0 && ["SE", "CS", "BG"].includes(tie) && random.chance(0.35);
  const sharesHome = fixed.sharesHome ?? livesWithHim;
  const substitute = !sharesHome && random.chance(0.03);
  const openedOn = addDays(knownOn, index * 2);
  const assigned = fixed.agency !== undefined || random.chance(0.85);
  const agency =
    fixed.agency ?? random.weighted(city.site.advocacy.map((id, at) => [id, at === 0 ? 60 : 40] as const));
  const known = fixed.agency !== undefined;
  const hasRule = known || random.chance(0.75);
  const couple: Couple = {
    caseId: random.uuid(),
    victimId: random.uuid(),
    given: givenName(random, sex),
    sex,
    birth: earlier(addDays(person.birth, random.int(-2500, 2500)), addDays(knownOn, -18 * 366)),
    tie,
    sharesHome,
    address: sharesHome ? person.address : substitute ? substituteAddressAt(place) : addressAt(place),
    // No mail without a rule that allows it, and none to a shared address, ever.
    mayWrite: hasRule && !sharesHome && random.chance(0.5),
    openedOn,
    agency: assigned ? agency : null,
    assignedOn: assigned ? addDays(openedOn, 1) : null,
    place,
  };
  city.batch.add("victim", {
    id: couple.victimId,
    source: SOURCE,
    source_key: `V-${String(person.number + 1).padStart(6, "0")}-${index + 1}`,
    family_name: ["SE", "CS"].includes(tie) ? person.family : familyName(random),
    given_name: couple.given,
    date_of_birth: known || random.chance(0.95) ? couple.birth : null,
    address: known || random.chance(0.9) ? couple.address : null,
    address_is_substitute: substitute,
    phone: known || random.chance(0.85) ? phoneAt(place) : null,
    recorded_at: at(openedOn, 23),
  });
  city.batch.add("case_file", {
    id: couple.caseId,
    person_id: person.id,
    victim_id: couple.victimId,
    assigned_agency: couple.agency,
    assigned_at: couple.assignedOn === null ? null : at(couple.assignedOn, 9, random.int(0, 59)),
    opened_at: at(openedOn, 23, 30),
  });
  if (hasRule) addSafeContactRule(city, couple, random);
  return couple;
}

const FIRST_TIES = [["SE", 27], ["CS", 6], ["BG", 45], ["XS", 6], ["XR", 16]] as const; // prettier-ignore
const LATER_TIES = [["BG", 55], ["XR", 35], ["XS", 10]] as const; // prettier-ignore

function addSafeContactRule(city: JusticeCity, couple: Couple, random: Random): void {
  const mayCall = random.chance(0.8);
  city.batch.add("safe_contact_rule", {
    victim_id: couple.victimId,
    may_call: mayCall,
    may_write: couple.mayWrite,
    may_leave_message: mayCall && !couple.sharesHome && random.chance(0.4),
    hours: random.chance(0.7)
      ? random.pick(["weekdays 9 to 12", "weekdays after 14", "mornings", "not at night"])
      : null,
    language: random.weighted([["English", 78], ["Spanish", 14], ["Hmong", 3], ["Somali", 3], ["Arabic", 2]]), // prettier-ignore
    recorded_at: at(couple.openedOn, 23, 45),
  });
}
