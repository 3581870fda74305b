import { randomUUID } from "node:crypto";
import type { Caller } from "./callers";
import type { Element } from "../../policy/matrix";
import { TABLE, sightOf, type Sight } from "./table";

/** Whose a recorded value is: what the rules about rows look at. */
export interface Place {
  /** Somebody on probation or parole. */
  readonly supervised: boolean;
  /** Advocacy agencies that work with a victim of this man; of a value about one case, the one of that case. */
  readonly advocacy: readonly string[];
  /** Providers he agreed to be referred to; of a record of one provider, that one. */
  readonly providers: readonly string[];
  /** Subjects of the messengers who are about to meet him; of one contact, its own. */
  readonly messengers: readonly string[];
  /** Of a promise: who has to keep it. */
  readonly owner?: string;
}

/** A value that stands nowhere else in the world, and who may have it. */
export interface Marker {
  readonly value: string;
  /** Where it was recorded, for people. */
  readonly what: string;
  /** Any of these opens it. */
  readonly sights: readonly Sight[];
  readonly place: Place;
  /** True for the opaque id of a record, which is metadata: the access log names it to whoever sees that it exists. */
  readonly isId: boolean;
}

/** Whether the rules about rows let a caller have what is recorded there; the table is asked apart. */
function mayReach({ role, agency, subject }: Caller, place: Place): boolean {
  switch (role) {
    case "detective":
    case "coordinator":
    case "prosecutor":
      return true;
    case "probation":
      return place.supervised;
    case "advocate":
      return place.owner === agency || place.advocacy.includes(agency);
    case "provider":
      return place.owner === undefined ? place.providers.includes(agency) : place.owner === agency;
    case "messenger":
      return place.owner === undefined ? place.messengers.includes(subject) : place.owner === agency;
    default:
      return false;
  }
}

/** Elements of which only the agency itself is told that they are there. */
const OWN_METADATA: readonly string[] = ["client", "releases"];

/** Whether this caller may know that the record of this id exists, and who read it (M). */
function mayKnowOf({ role, agency }: Caller, { isId, sights, place }: MarkerFacts): boolean {
  if (!isId) return false;
  return sights.some((sight) => {
    const [element] = sight.split(":") as [Element];
    const own = OWN_METADATA.includes(element);
    return TABLE[role][element] === "M" && (!own || place.advocacy.includes(agency));
  });
}

type MarkerFacts = Pick<Marker, "place" | "sights" | "isId">;

/** Whether this caller may have this value. Under a release means no: this world holds none. */
export function mayHave(caller: Caller, marker: MarkerFacts): boolean {
  const sees = marker.sights.some((sight) => sightOf(caller.role, sight) === "yes");
  return (sees && mayReach(caller, marker.place)) || mayKnowOf(caller, marker);
}

const DAY = 86_400_000;
const SEVEN_DIGITS = 4_000_000;

/** Makes values that can be told apart in any answer, and finds them again. */
export class Markers {
  private readonly known = new Map<string, Marker>();
  private count = 0;

  private add(value: string, what: string, sights: readonly Sight[], place: Place, isId = false): string {
    if (this.known.has(value)) throw new Error(`The marker ${value} stands twice.`);
    this.known.set(value, { value, what, sights, place, isId });
    return value;
  }

  /** Hands out values for one place. */
  at(place: Place) {
    const add = (value: string, what: string, sights: readonly Sight[]) =>
      this.add(value, what, sights, place);
    return {
      text: (what: string, ...sights: Sight[]) =>
        add(`cnry${(++this.count).toString(36).padStart(5, "0")}`, what, sights),
      id: (what: string, ...sights: Sight[]) => this.add(randomUUID(), what, sights, place, true),
      number: (what: string, ...sights: Sight[]) =>
        Number(add(String(SEVEN_DIGITS + ++this.count), what, sights)),
      /** A day of long ago. */
      day: (what: string, ...sights: Sight[]) =>
        add(new Date(Date.UTC(1991, 0, 1) + ++this.count * DAY).toISOString().slice(0, 10), what, sights),
      /** A day far ahead. */
      dayAhead: (what: string, ...sights: Sight[]) =>
        add(new Date(Date.UTC(2081, 0, 1) + ++this.count * DAY).toISOString().slice(0, 10), what, sights),
      instant: (what: string, ...sights: Sight[]) =>
        new Date(
          add(new Date(Date.UTC(2001, 0, 1) + ++this.count * (DAY + 3_661_007)).toISOString(), what, sights),
        ),
      instantAhead: (what: string, ...sights: Sight[]) =>
        new Date(
          add(new Date(Date.UTC(2081, 0, 1) + ++this.count * (DAY + 3_661_007)).toISOString(), what, sights),
        ),
    };
  }

  get all(): readonly Marker[] {
    return [...this.known.values()];
  }

  /** The markers in a text, each once. */
  in(text: string): Marker[] {
    const tokens = text.match(TOKENS) ?? [];
    return [...new Set(tokens)].flatMap((token) => this.known.get(token) ?? []);
  }
}

const TOKENS =
  /cnry[0-9a-z]{5}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\d(?:T[0-9:.]+Z)?|\b4\d{6}\b/g;

export type Marking = ReturnType<Markers["at"]>;
