import { addDays } from "../days";
import type { Random } from "../random";
import type { JusticeCity, Subject } from "./city";
import { addCharge, addPettyRecords, addWarrant } from "./court";
import { addIncident, type Happening } from "./incidents";
import { addIntelligence, addNotes, addScreen } from "./knowledge";
import { addOrder } from "./orders";
import { addSubject } from "./people";
import { addBreach, addCondition, addCustody } from "./supervision";

/** How long ago the first person became known, in days. */
const KNOWN_FOR = 900;

/**
 * Adds the person whom examples ask for: two charges and a breach of bail, which is level B by the example rules, and
 * something in every element of the visibility matrix. `agency`: the advocacy agency of his one case.
 */
export function addFirstPerson(city: JusticeCity, random: Random, agency: string): Subject {
  const knownOn = addDays(city.factsUntil, -KNOWN_FOR);
  const person = addSubject(city, 0, random, knownOn, { sex: "M", agency, victims: 1, sharesHome: false });
  const couple = person.couples[0]!;
  const common: Omit<Happening, "day"> = {
    couple,
    code: "13B",
    weapons: ["40"],
    injuries: ["M"],
    arrested: true,
  };
  const first = addIncident(city, person, { ...common, day: knownOn });
  addIncident(city, person, { ...common, day: addDays(knownOn, 200), code: "13C", weapons: ["99"], injuries: ["N"], arrested: false }); // prettier-ignore
  const third = addIncident(city, person, { ...common, day: addDays(city.factsUntil, -300) });
  const last = addIncident(city, person, {
    ...common,
    day: addDays(city.factsUntil, -60),
    weapons: ["40", "85"],
  });
  addCharge(city, person, first, { disposition: "dismissed" });
  addCharge(city, person, third, { disposition: "pending" });
  addCharge(city, person, last, { disposition: "pending" });
  addPettyRecords(city, person, knownOn, 2);

  addNotes(city, person, last, ["informant", "evidence", "interview"]);
  addScreen(city, person, couple, last, last.happening.day);
  addCustody(city, person, addDays(city.factsUntil, -59), "bailed", false);
  const noContact = addCondition(city, person, "bail", addDays(city.factsUntil, -57), 0);
  addCondition(city, person, "bail", addDays(city.factsUntil, -57), 1);
  addBreach(city, person, noContact, addDays(city.factsUntil, -30));
  addOrder(city, person, couple, addDays(city.factsUntil, -55));
  addWarrant(city, person, addDays(city.factsUntil, -50), true);
  addIntelligence(city, person, addDays(city.factsUntil, -45));
  return person;
}
