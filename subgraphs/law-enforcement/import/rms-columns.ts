import { offence } from "../domain/offence-codes";
import { injuryClass } from "../domain/injury-codes";
import { weaponClass } from "../domain/weapon-codes";
import type { Value } from "./copy-line";
import { hubRelationships, pairClass } from "./pair-class";
import {
  BadValue,
  isoDay,
  key,
  numberOrNull,
  oneOf,
  orNull,
  sexes,
  text,
  textOrNull,
  yesOrNo,
} from "./values";

/** A column of a records-management extract. Only those that are required must be in the header. */
interface RmsColumn {
  readonly required?: boolean;
  readonly meaning: string;
}

/** The column map: every column an extract may have. docs/import.md shows it. */
export const rmsColumns = {
  incident_number: { required: true, meaning: "key of the incident, at most 24 signs" },
  incident_date: { required: true, meaning: "day of the incident, YYYY-MM-DD" },
  incident_hour: { meaning: "hour, 0 to 23" },
  agency_ori: { meaning: "ORI of the reporting agency, 9 signs" },
  agency_name: { meaning: "its name" },
  case_number: { meaning: "the agency's case number" },
  narrative: { meaning: "the officer's narrative" },
  conference_summary: { meaning: "summary written for the case conference" },
  offence_code: { required: true, meaning: "NIBRS offence code, such as 13B" },
  offence_completed: { meaning: "Y or N; empty is Y" },
  order_violation: { meaning: "Y when the offence violates an order of protection" },
  weapon_codes: { meaning: "NIBRS weapon codes of the offence, with semicolons between them" },
  person_number: { required: true, meaning: "key of the offender, the same in every incident" },
  person_family_name: { required: true, meaning: "family name of the offender" },
  person_given_name: { required: true, meaning: "his or her given name" },
  person_aliases: { meaning: "other names, with semicolons between them" },
  person_date_of_birth: { meaning: "YYYY-MM-DD" },
  person_sex: { meaning: "M, F, X or U" },
  person_state_id: { meaning: "state identification number" },
  person_address: { meaning: "where the person lives" },
  person_phone: { meaning: "telephone number" },
  victim_number: { required: true, meaning: "key of the victim; empty when the offence has none" },
  victim_family_name: { required: true, meaning: "family name of the victim" },
  victim_given_name: { required: true, meaning: "her or his given name" },
  victim_date_of_birth: { meaning: "YYYY-MM-DD" },
  victim_sex: { meaning: "M, F, X or U" },
  victim_address: { meaning: "where the victim lives, or the substitute address" },
  victim_address_is_substitute: { meaning: "Y for the address of a confidentiality programme" },
  victim_phone: { meaning: "telephone number" },
  injury_codes: { meaning: "NIBRS injury codes of the victim, with semicolons between them" },
  relationship_code: { required: true, meaning: "NIBRS code, what the victim is to the person; empty is RU" },
  hub_relationship: { meaning: "the hub's own word for it, such as child-in-common" },
  arrest_number: { meaning: "key of the arrest; without it incident, person and day are the key" },
  arrest_date: { meaning: "YYYY-MM-DD, when the person was arrested for the incident" },
  arrest_type: { meaning: "O on view, S summoned, T taken into custody" },
  charge_number: { meaning: "key of the charge; without it incident, offence and person are the key" },
  charge_date: { meaning: "YYYY-MM-DD, when it was filed; without it the day of the arrest" },
  docket: { meaning: "docket number of the charge" },
  court_date: { meaning: "YYYY-MM-DD" },
  disposition: { meaning: "pending, convicted, dismissed or acquitted; empty is pending" },
  disposition_date: { meaning: "YYYY-MM-DD, with every disposition but pending" },
} as const satisfies Record<string, RmsColumn>;

/** The name of a column. */
export type RmsColumnName = keyof typeof rmsColumns;

/** All of them, in the order of the map. */
export const rmsColumnNames = Object.keys(rmsColumns) as RmsColumnName[];

/** Keys are put together to keys of parts, and those have 64 signs. */
const longestKey = 24;

const dispositions = words("pending", "convicted", "dismissed", "acquitted");
const arrestTypes = words("O", "S", "T");

/** What a row says, by the staging column it goes to. */
export type RmsValues = Record<string, Value>;

/** Reads one row. Throws BadValue. */
export function readRmsRow(row: Readonly<Record<RmsColumnName, string>>): RmsValues {
  const incident = {
    incident_key: key("incident_number", row.incident_number, longestKey),
    occurred_on: isoDay("incident_date", row.incident_date),
    occurred_hour: numberOrNull("incident_hour", row.incident_hour, 0, 23),
    ori: orNull(ori, "agency_ori", row.agency_ori),
    agency_name: textOrNull("agency_name", row.agency_name),
    case_number: orNull(key, "case_number", row.case_number),
    narrative: textOrNull("narrative", row.narrative),
    conference_summary: textOrNull("conference_summary", row.conference_summary),
  };
  const values = { ...incident, ...readOffence(row), ...readPerson(row), ...readVictim(row) };
  return { ...values, ...readArrest(row, values), ...readCharge(row, values) };
}

type Row = Readonly<Record<RmsColumnName, string>>;

function readOffence(row: Row) {
  const found = offence(row.offence_code);
  if (!found.ok) throw new BadValue(`offence_code is not known: ${JSON.stringify(found.refusal.given)}`);
  return {
    offence_code: row.offence_code.toUpperCase(),
    offence_title: found.value.title,
    can_be_ipv: found.value.canBeIpv,
    completed: oneOf(
      "offence_completed",
      row.offence_completed === "" ? "Y" : row.offence_completed,
      yesOrNo,
    ),
    order_violation: oneOf("order_violation", row.order_violation, yesOrNo),
    weapon_codes: list("weapon_codes", row.weapon_codes, (code) => weaponClass(code).ok),
  };
}

function readPerson(row: Row) {
  return {
    person_key: key("person_number", row.person_number, longestKey),
    person_family_name: text("person_family_name", row.person_family_name),
    person_given_name: text("person_given_name", row.person_given_name),
    person_aliases: textOrNull("person_aliases", row.person_aliases),
    person_date_of_birth: orNull(isoDay, "person_date_of_birth", row.person_date_of_birth),
    person_age: ageOn("person_date_of_birth", row.person_date_of_birth, row.incident_date),
    person_sex: oneOf("person_sex", row.person_sex, sexes),
    person_state_id: textOrNull("person_state_id", row.person_state_id),
    person_address: textOrNull("person_address", row.person_address),
    person_phone: textOrNull("person_phone", row.person_phone),
  };
}

function readVictim(row: Row) {
  if (row.victim_number === "") {
    for (const column of [
      "victim_family_name",
      "relationship_code",
      "hub_relationship",
      "injury_codes",
    ] as const) {
      if (row[column] !== "") throw new BadValue(`${column} is given, and victim_number is empty`);
    }
    return { victim_key: null };
  }
  const stated = orNull(
    (column, word) => oneOf(column, word, hubRelationships),
    "hub_relationship",
    row.hub_relationship,
  );
  const code = row.relationship_code === "" ? "RU" : row.relationship_code.toUpperCase();
  const found = pairClass(code, stated);
  if (found === undefined)
    throw new BadValue(`relationship_code is not known: ${JSON.stringify(code.slice(0, 12))}`);
  return {
    victim_key: key("victim_number", row.victim_number, longestKey),
    victim_family_name: text("victim_family_name", row.victim_family_name),
    victim_given_name: text("victim_given_name", row.victim_given_name),
    victim_date_of_birth: orNull(isoDay, "victim_date_of_birth", row.victim_date_of_birth),
    victim_age: ageOn("victim_date_of_birth", row.victim_date_of_birth, row.incident_date),
    victim_sex: oneOf("victim_sex", row.victim_sex, sexes),
    victim_address: textOrNull("victim_address", row.victim_address),
    victim_address_is_substitute: oneOf(
      "victim_address_is_substitute",
      row.victim_address_is_substitute,
      yesOrNo,
    ),
    victim_phone: textOrNull("victim_phone", row.victim_phone),
    injury_codes: list("injury_codes", row.injury_codes, (code) => injuryClass(code).ok),
    relationship_code: code,
    stated,
    class: found,
  };
}

interface Fact {
  readonly incident_key: string;
  readonly person_key: string;
  readonly offence_code: string;
}

function readArrest(row: Row, fact: Fact) {
  if (row.arrest_date === "") {
    if (row.arrest_number + row.arrest_type !== "")
      throw new BadValue("arrest_date is empty, and an arrest is given");
    return { arrest_key: null };
  }
  const arrestedOn = isoDay("arrest_date", row.arrest_date);
  return {
    arrest_key:
      orNull(shortKey, "arrest_number", row.arrest_number) ??
      `${fact.incident_key}/${fact.person_key}/${arrestedOn}`,
    arrested_on: arrestedOn,
    arrest_type: orNull((column, word) => oneOf(column, word, arrestTypes), "arrest_type", row.arrest_type),
  };
}

function readCharge(row: Row, fact: Fact) {
  if (
    row.charge_number +
      row.charge_date +
      row.docket +
      row.court_date +
      row.disposition +
      row.disposition_date ===
    ""
  ) {
    return { charge_key: null };
  }
  const disposition = oneOf(
    "disposition",
    row.disposition === "" ? "pending" : row.disposition,
    dispositions,
  );
  if ((disposition === "pending") !== (row.disposition_date === "")) {
    throw new BadValue(
      `disposition is ${disposition}, and disposition_date is ${row.disposition_date === "" ? "empty" : "given"}`,
    );
  }
  const filed = row.charge_date === "" ? row.arrest_date : row.charge_date;
  return {
    charge_key:
      orNull(shortKey, "charge_number", row.charge_number) ??
      `${fact.incident_key}/${fact.offence_code}/${fact.person_key}`,
    filed_on: isoDay("charge_date", filed),
    docket: textOrNull("docket", row.docket),
    court_date: orNull(isoDay, "court_date", row.court_date),
    disposition,
    disposition_on: orNull(isoDay, "disposition_date", row.disposition_date),
  };
}

function shortKey(column: string, given: string): string {
  return key(column, given, longestKey);
}

function ori(column: string, given: string): string {
  if (/^[A-Z0-9]{9}$/.test(given)) return given;
  throw new BadValue(`${column} is no ORI of 9 letters and digits: ${JSON.stringify(given.slice(0, 24))}`);
}

/** The codes of a list, each in a published table, as one text with commas between them; null for none. */
function list(column: string, given: string, known: (code: string) => boolean): string | null {
  const codes = given
    .split(/[;,\s]+/)
    .filter((code) => code !== "")
    .map((code) => code.toUpperCase());
  const unknown = codes.find((code) => !known(code));
  if (unknown !== undefined)
    throw new BadValue(`${column} is not known: ${JSON.stringify(unknown.slice(0, 12))}`);
  return codes.length === 0 ? null : [...new Set(codes)].sort().join(",");
}

/** The age in years on the day of the incident; null without a date of birth. */
function ageOn(column: string, born: string, on: string): number | null {
  if (born === "") return null;
  const birth = isoDay(column, born);
  const age = Number(on.slice(0, 4)) - Number(birth.slice(0, 4)) - (on.slice(5, 10) < birth.slice(5) ? 1 : 0);
  if (age >= 0 && age <= 120) return age;
  throw new BadValue(`${column} gives an age of ${age} on the day of the incident`);
}

function words(...all: string[]): ReadonlyMap<string, string> {
  return new Map(all.map((word) => [word.toUpperCase(), word]));
}
