import { addDays } from "../days";
import type { Random } from "../random";
import { addAftermath } from "./aftermath";
import type { JusticeCity, Subject } from "./city";
import { addConflict } from "./conflicts";
import { addFirstPerson } from "./first-person";
import { addHistory, LONGEST_HISTORY, MIX, SHORTEST_HISTORY } from "./history";
import { AGENCIES } from "./incidents";
import { addSubject } from "./people";

/** Adds everything the justice side recorded of `people` persons by itself, before any level or contact. */
export function generateJustice(
  city: JusticeCity,
  random: Random,
  people: number,
  firstAgency: string,
): Subject[] {
  for (const agency of AGENCIES) city.batch.add("reporting_agency", agency);
  const persons = [addFirstPerson(city, random.fork("person 0"), firstAgency)];
  for (let number = 1; number < people; number += 1) {
    const own = random.fork(`person ${number}`);
    const knownOn = addDays(city.factsUntil, -own.int(SHORTEST_HISTORY, LONGEST_HISTORY));
    const person = addSubject(city, number, own, knownOn);
    const told = addHistory(city, person, own.weighted(MIX), knownOn);
    addAftermath(city, person, told, knownOn);
    addConflict(city, person);
    persons.push(person);
  }
  return persons;
}
