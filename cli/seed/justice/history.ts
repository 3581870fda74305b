import { addDays, daysBetween } from "../days";
import type { Random } from "../random";
import type { Couple, JusticeCity, Subject } from "./city";
import { addCharge, addPettyRecords, addPriorRecord, type Disposition } from "./court";
import { addIncident, type Happening, type RecordedIncident } from "./incidents";
import { addOrder, addViolation } from "./orders";
import { addBreach, addCondition } from "./supervision";

/**
 * The kind of history a person gets. The site's rules, not this name, say which level it is: the mix of levels comes out
 * of the facts.
 */
export type History = keyof typeof HISTORIES;

/** What happened, for the records that hang on it. */
export interface Told {
  readonly incidents: readonly RecordedIncident[];
  readonly charged: readonly RecordedIncident[];
  readonly orders: readonly string[];
}

/** How many days of a person's history there are, at least; and at most: some four years. */
export const SHORTEST_HISTORY = 12;
export const LONGEST_HISTORY = 1450;

/** The shares of the histories among the people of the city. */
export const MIX: readonly (readonly [History, number])[] = [
  ["suspected", 57],
  ["suspected, case dropped", 5],
  ["first charge", 22],
  ["second charge", 6],
  ["breach", 4],
  ["third charge", 1.2],
  ["order violated", 1.2],
  ["weapon", 1.2],
  ["convicted", 1.0],
  ["violent past", 0.8],
  ["only to be reviewed", 1.6],
];

/** Adds the incidents of one kind of history and the charges, orders and breaches that follow from them. */
export function addHistory(city: JusticeCity, person: Subject, history: History, knownOn: string): Told {
  const teller = new Teller(city, person, knownOn);
  HISTORIES[history](teller);
  teller.nameEveryVictim();
  return teller;
}

const HISTORIES = {
  suspected: (teller: Teller) => {
    for (const day of teller.days(1, 3)) teller.incident(day, { arrested: teller.random.chance(0.3) });
  },
  "suspected, case dropped": (teller: Teller) => {
    for (const day of teller.days(1, 2)) teller.incident(day);
    teller.charge(teller.incidents.at(-1)!, "dismissed");
    const acquitted = teller.random.chance(0.4);
    if (acquitted && teller.incidents.length > 1) teller.charge(teller.incidents[0]!, "acquitted");
  },
  "first charge": (teller: Teller) => {
    for (const day of teller.days(0, 2)) teller.incident(day, { arrested: false });
    teller.charge(teller.incident(teller.lastDays()));
    if (teller.random.chance(0.25)) addPettyRecords(teller.city, teller.person, teller.knownOn);
  },
  "second charge": (teller: Teller) => {
    for (const day of teller.days(2, 2)) teller.charge(teller.incident(day));
    if (teller.random.chance(0.4)) teller.incident(teller.lastDays(), { arrested: false });
  },
  breach: (teller: Teller) => {
    const [first, last] = teller.days(2, 2);
    teller.charge(teller.incident(first!));
    const told = teller.random.chance(0.25);
    const condition = told ? null : addCondition(teller.city, teller.person, "bail", addDays(first!, 2), 0);
    addBreach(teller.city, teller.person, condition, last!);
  },
  "third charge": (teller: Teller) => {
    for (const day of teller.days(3, 4)) teller.charge(teller.incident(day));
  },
  "order violated": (teller: Teller) => {
    const [first, last] = teller.days(2, 2);
    teller.charge(teller.incident(first!));
    teller.violated(first!, last!);
  },
  weapon: (teller: Teller) => {
    const weapon = teller.random.pick(["12", "20", "20", "30", "35"]);
    for (const day of teller.days(0, 1)) teller.incident(day);
    teller.charge(teller.incident(teller.lastDays(), { code: "13A", weapons: [weapon] }));
  },
  convicted: (teller: Teller) => {
    for (const day of teller.days(1, 2)) teller.charge(teller.incident(day), "convicted");
    addCondition(teller.city, teller.person, "probation", addDays(teller.knownOn, 130));
  },
  "violent past": (teller: Teller) => {
    const { random, city, person, knownOn } = teller;
    for (const day of teller.days(1, 2)) teller.incident(day);
    const day = addDays(knownOn, -random.int(300, 4000));
    const code = random.pick(["13A", "120", "100", "11A"]);
    const provenance = random.pick(["local", "court", "ncic"] as const);
    addPriorRecord(city, person, { code, day, disposition: "convicted", provenance }, knownOn);
  },
  "only to be reviewed": (teller: Teller) => {
    const { random } = teller;
    for (const day of teller.days(1, 2)) {
      teller.incident(day, random.chance(0.5) ? { dualParty: true } : { tie: "RU", arrested: false });
    }
  },
} as const;

class Teller implements Told {
  readonly incidents: RecordedIncident[] = [];
  readonly charged: RecordedIncident[] = [];
  readonly orders: string[] = [];
  readonly random: Random;

  constructor(
    readonly city: JusticeCity,
    readonly person: Subject,
    readonly knownOn: string,
  ) {
    this.random = person.random;
  }

  /** So many different days of his history in order; the first is the day he became known. */
  days(atLeast: number, atMost: number): string[] {
    const count = this.random.int(atLeast, atMost);
    const span = daysBetween(this.knownOn, this.city.factsUntil);
    const days = new Set(count > 0 ? [this.knownOn] : []);
    while (days.size < Math.min(count, span)) days.add(addDays(this.knownOn, this.random.int(1, span - 1)));
    return [...days].sort();
  }

  /** A day after everything that happened up to now; the first one, when nothing has. */
  lastDays(): string {
    const last = this.incidents.at(-1)?.happening.day;
    if (last === undefined) return this.knownOn;
    return addDays(last, this.random.int(1, Math.max(1, daysBetween(last, this.city.factsUntil))));
  }

  incident(day: string, given: Partial<Happening> = {}): RecordedIncident {
    const { random, person } = this;
    const couple = given.couple ?? random.pick(person.couples.filter((one) => one.openedOn <= day));
    const code = random.weighted(CODES);
    const hurt = ["13A", "13B"].includes(code);
    const incident = addIncident(this.city, person, {
      day,
      couple,
      code,
      weapons: weaponsOf(random, code),
      injuries: hurt ? random.weighted(INJURIES) : ["N"],
      arrested: random.chance(0.7),
      stranger: random.chance(0.02),
      ...(random.chance(0.05) ? { bystander: random.pick(["CF", "IL", "FR", "NE"]) } : {}),
      ...childInCommon(random, couple),
      ...given,
    });
    this.incidents.push(incident);
    return incident;
  }

  charge(incident: RecordedIncident, disposition: Disposition = "pending"): void {
    addCharge(this.city, this.person, incident, { disposition });
    this.charged.push(incident);
  }

  /** Adds a suspicion for each victim of whom nothing has been told: without one there would be no case of hers. */
  nameEveryVictim(): void {
    const named = new Set(this.incidents.map((one) => one.happening.couple));
    for (const couple of this.person.couples) {
      if (!named.has(couple)) this.incident(couple.openedOn, { couple, arrested: false });
    }
    this.incidents.sort((one, other) => daysBetween(other.happening.day, one.happening.day));
  }

  /** An order that follows the first incident, and what he did in spite of it. */
  violated(first: string, last: string): void {
    const { city, person, random } = this;
    const couple = this.incidents[0]!.happening.couple;
    const span = Math.max(1, daysBetween(first, last));
    const order = addOrder(city, person, couple, addDays(first, random.int(0, span - 1)));
    this.orders.push(order);
    const reported = random.chance(0.3);
    const incident = reported ? null : this.incident(last, { couple, code: "90Z", weapons: ["99"], injuries: ["N"], orderViolation: true }); // prettier-ignore
    addViolation(city, person, order, last, incident);
    if (incident && random.chance(0.5)) this.charge(incident);
  }
}

const CODES = [["13B", 58], ["13A", 14], ["13C", 15], ["290", 8], ["90J", 3], ["220", 2]] as const; // prettier-ignore
// prettier-ignore
const INJURIES: readonly (readonly [readonly string[], number])[] = [
  [["M"], 45], [["N"], 40], [["L"], 4], [["O"], 3], [["B"], 2], [["M", "T"], 1], [["I"], 2], [["U"], 3],
];

/** Hands, or strangulation: what is a weapon comes only with the histories that name one. */
function weaponsOf(random: Random, code: string): readonly string[] {
  if (code === "13B") return ["40"];
  return code === "13A" ? random.pick([["40"], ["85"], ["40", "85"]]) : ["99"];
}

/** A few couples share a child and nothing else: NIBRS has no code for it, the hub's own field has. */
function childInCommon(random: Random, couple: Couple): Partial<Happening> {
  return couple.tie === "XR" && random.chance(0.1) ? { tie: "OK", stated: "child-in-common" } : {};
}
