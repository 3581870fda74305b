import type { Role } from "../../policy/matrix";
import { AREAS } from "./areas";
import { DOERS } from "./doers";
import { FIELDS } from "./fields";
import { OPAQUE, WAY, type Holds } from "./holds";
import { sightOf, type Sight } from "./table";

export type Verdict = "yes" | "under a release" | "no";

/** What the table says of one field to one role; undefined for a field that nobody wrote down. */
export function holdsOf(type: string, field: string): Holds | undefined {
  const fields = Object.hasOwn(FIELDS, type) ? FIELDS[type]! : {};
  return Object.hasOwn(fields, field) ? fields[field] : fields["*"];
}

/** Ways are open to those for whom there is something at their end. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  "Query.person": ["Person"],
  "Query.persons": ["Person"],
  PersonPage: ["Person"],
  "Query.case": ["Case"],
  "Case.person": ["Case"],
  "Case.victim": ["Victim"],
  "Person.cases": ["Case"],
  "Person.incidents": ["Incident"],
  ...Object.fromEntries(
    ["ArrestAlert", "CustodyChange", "LevelChange", "OrderChange", "ContactUpdate", "AlertEscalation"].map(
      (event) => [`${event}.cases`, ["Case"]],
    ),
  ),
  ...Object.fromEntries(AREAS.flatMap(({ ends = {} }) => Object.entries(ends))),
};

/** Fields of another agency do not open a way of law enforcement. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...[
    "needs",
    "needsToPassOn",
    "referrals",
    "engagement",
    "serviceStanding",
    "engaged",
    "redisclosureNotice",
  ].map((field) => `Person.${field}`),
  "Person.helpPromises",
  ...["client", "clientContact", "outreach", "safetyPlan", "releases"].map((field) => `Case.${field}`),
  ...AREAS.flatMap(({ elsewhere = [] }) => elsewhere),
]);

function atTheEnd(coordinate: string, role: Role, open: readonly string[]): Verdict {
  const [type] = coordinate.split(".") as [string];
  const ends = ENDS[coordinate] ?? ENDS[type];
  if (!ends) throw new Error(`Nobody wrote down where the way ${coordinate} leads.`);
  if (open.includes(coordinate)) return "no";
  const found = ends.flatMap((end) =>
    Object.keys(FIELDS[end]!)
      .map((field) => (field === "*" ? `${end}.any` : `${end}.${field}`))
      .filter((inner) => !ELSEWHERE.has(inner))
      .map((inner) =>
        holdsOfCoordinate(inner) === OPAQUE ? "no" : verdictOf(inner, role, [...open, coordinate]),
      ),
  );
  return found.includes("yes") ? "yes" : "no";
}

function holdsOfCoordinate(coordinate: string): Holds | undefined {
  const [type, field] = coordinate.split(".") as [string, string];
  return holdsOf(type, field);
}

/**
 * What the table says to this role of one field (`Type.field`), rows apart. A field that nobody wrote down is nobody's.
 */
export function verdictOf(coordinate: string, role: Role, open: readonly string[] = []): Verdict {
  const holds = holdsOfCoordinate(coordinate);
  if (holds === undefined) return "no";
  if (holds === OPAQUE) return "yes";
  if (holds === WAY) return atTheEnd(coordinate, role, open);
  const verdicts = holds.map((one): Verdict => {
    if (!one.startsWith("may ")) return sightOf(role, one as Sight);
    return (DOERS[one.slice("may ".length)] ?? []).includes(role) ? "yes" : "no";
  });
  return verdicts.includes("yes") ? "yes" : verdicts.includes("under a release") ? "under a release" : "no";
}
