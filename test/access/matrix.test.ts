import { openHub, schemaOf, SUBGRAPHS, type Hub } from "./hub";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "graphql";
import { createPlanner } from "../../gateway/engine/plan";
import { PROJECT_ROOT } from "../../platform/project-root";
import { ROLES, type Role } from "../../policy/matrix";
import { CALLERS, createCredentials } from "./callers";
import { AREAS } from "./areas";
import { argumentsFor } from "./arguments";
import { FIELDS } from "./fields";
import { holdsOf, verdictOf } from "./verdict";
import { fieldsRead } from "./reading";
import {
  ENTITIES,
  PLACES,
  PROTECTED,
  WAYS,
  routeTo,
  seenIn,
  selectionOf,
  treeOf,
  type Place,
  type Route,
  type Tree,
  type Way,
} from "./routes";
import { createWorld, type World } from "./world";

const supergraph = readFileSync(join(PROJECT_ROOT, "schema", "supergraph.graphql"), "utf8");
const api = createPlanner(supergraph).apiSchema;

/** What comes of breaking the glass for those who have nothing of law enforcement's to open: the services' alone. */
const NOTHING_OPENED: readonly string[] = [
  ...["opening", "grant"].map((field) => `OpenBreakGlassResult.${field}`),
  ...["id", "subject", "agency", "role", "element", "reason", "openedAt", "expiresAt"].map(
    (field) => `BreakGlassOpening.${field}`,
  ),
];

/** Fields that are never filled for this role, though it may see them: why is said with each. */
const NEVER_FILLED: Partial<Record<Role, readonly string[]>> = {
  detective: NOTHING_OPENED,
  prosecutor: NOTHING_OPENED,
  // The notice goes with records of another provider; a provider sees its own only, which are free.
  provider: ["Engagement.redisclosureNotice", "Referral.redisclosureNotice", "Person.redisclosureNotice"],
  // Nobody is referred to the police.
  coordinator: ["ReferralPage.endCursor"],
};

/** A release is not revoked, and a conflict not ended, as it is recorded; one about a case names no person. */
const NOT_BY_MUTATION: readonly string[] = [
  "Hold.withdrawnAt",
  "Release.revokedAt",
  "Release.revokedBy",
  "ConflictOfInterest.endedAt",
  "ConflictOfInterest.personId",
  "AgencyConflict.endedAt",
  "ProviderConflict.endedAt",
  ...AREAS.flatMap(({ notByMutation = [] }) => notByMutation),
];

const notByMutation = (role: Role) => [
  ...NOT_BY_MUTATION,
  ...AREAS.flatMap(({ notByMutationOf = {} }) => notByMutationOf[role] ?? []),
];

/** A contact that was just planned has not come to anything, and one that was planned alone is of no call-in. */
const NOT_OF_A_PLAN: readonly string[] = [
  ...["releasedAt", "releasedBy", "madeAt", "madeBy", "message", "closedAt", "closedBy", "recallReason"].map(
    (field) => `Contact.${field}`,
  ),
  ...["Contact.callIn", "CallIn.closedAt", "CallIn.closedBy"],
];
const PLANNED: readonly (string | undefined)[] = ["ContactResult", "CallInResult"];
const isOfAPlan = (route: Route) => route[0]!.type === "Mutation" && PLANNED.includes(route[1]?.type);

/** The services' own query shows promises that are open, and none that a provider made under a Part 2 referral. */
const NOT_BY_QUERY: readonly string[] = [
  // The agency's own list is of what is undone.
  ...["closedBy", "closedAt", "outreachId", "reason"].map((field) => `OutreachTask.${field}`),
  "HelpPromise.settledAt",
  "HelpPromise.redisclosureNotice",
];

/** Of an arrest no day in court is known, and the one of this world is for an offence of which nobody knows the name. */
const NOT_BY_EVENT: readonly string[] = [
  // Past the gateway nobody says that he is shown.
  "Person.handle",
  "ChargeSummary.title",
  "ChargeSummary.courtDate",
];

/** What one role got on one way. */
interface Observed {
  readonly seen: ReadonlySet<string>;
  /** Fields that a subgraph was asked for, with the agency's name. */
  readonly asked: ReadonlySet<string>;
}

type Observations = Record<Way, Observed>;

const nameOf = ({ subgraph, coordinate }: Place) => `${coordinate} of ${subgraph}`;
const schemas = new Map(SUBGRAPHS.map((name) => [name, schemaOf(name)]));

let world: World;
let hub: Hub;
const observed = new Map<Role, Observations>();

function askedOf(one: Hub): Set<string> {
  return new Set(
    one.sent().flatMap(({ subgraph, body }) => {
      const schema = schemas.get(subgraph as (typeof SUBGRAPHS)[number])!;
      const { query } = JSON.parse(body) as { query: string };
      return [...fieldsRead(schema, parse(query))].map((coordinate) => `${coordinate} of ${subgraph}`);
    }),
  );
}

/** As many root fields as one operation may have. */
const MOST_ROOT_FIELDS = 20;

/** A tree in parts that may be asked at once. */
function partsOf({ type, fields }: Tree): Tree[] {
  const all = [...fields];
  const parts = Math.ceil(all.length / MOST_ROOT_FIELDS);
  return Array.from({ length: parts }, (_, part) => ({
    type,
    fields: new Map(all.slice(part * MOST_ROOT_FIELDS, (part + 1) * MOST_ROOT_FIELDS)),
  }));
}

async function throughTheGateway(role: Role, way: "query" | "entity" | "mutation"): Promise<Observed> {
  hub.sent();
  const root = way === "mutation" ? "Mutation" : "Query";
  const seen = new Set<string>();
  const tree = treeOf(
    root,
    PLACES.flatMap((place) => {
      const found = routeTo(way, place, role);
      return found ? [found.route] : [];
    }),
  );
  for (const well of way === "mutation" ? [true, false] : [true]) {
    for (const part of partsOf(tree)) {
      const selection = selectionOf(part, api, argumentsFor(world, role, well));
      const { status, data, text } = await hub.askAs(
        CALLERS[role],
        "gateway",
        `${root.toLowerCase()} ${selection}`,
      );
      if (status !== 200) throw new Error(`${role}, ${way}: ${text.slice(0, 500)}`);
      seenIn(part, data, seen);
    }
  }
  return { seen, asked: askedOf(hub) };
}

/** A mutation that the role may do is done once, through the gateway. */
const mustNotRun = ({ route, open }: { route: Route; open: boolean }) =>
  open && route[0]!.type === "Mutation";

/** Asks one agency for places that all begin at one type: what was seen of them, or "refused". */
async function askPast(
  role: Role,
  subgraph: Place["subgraph"],
  routes: readonly Route[],
): Promise<ReadonlySet<string> | "refused"> {
  const entity = routes[0]![0]!.type;
  const tree = treeOf(entity, routes);
  const selection = selectionOf(tree, schemas.get(subgraph)!, argumentsFor(world, role, true));
  const byReference = ENTITIES[subgraph].includes(entity);
  const id = { ...world.references, Case: world.known.caseIds[0] }[entity] ?? world.known.personId;
  const { status, data, errors } = byReference
    ? await hub.askAs(
        CALLERS[role],
        subgraph,
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${entity} ${selection} } }`,
        {
          of: [
            {
              ...{ __typename: entity, id },
              ...(entity === "Case" ? { assignedAgency: "harbor-house" } : { visible: true }),
            },
          ],
        },
      )
    : await hub.askAs(
        CALLERS[role],
        subgraph,
        `${entity === "Mutation" ? "mutation" : "query"} ${selection}`,
      );
  if (status === 403) {
    expect([data, errors[0]?.extensions?.code]).toEqual([undefined, "UNAUTHORIZED_FIELD_OR_TYPE"]);
    return "refused";
  }
  return seenIn(tree, byReference ? data?.["_entities"] : data);
}

/** As many places as one request asks for at once. */
const MOST_PLACES = 20;

/**
 * What the table opens is asked for together; for each other field there is a request of its own, as one forbidden field
 * costs the whole request.
 */
async function pastTheGateway(role: Role): Promise<Observed> {
  const seen = new Set<string>();
  const asked = new Set<string>();
  const together = new Map<string, { place: Place; route: Route }[]>();
  const alone: { place: Place; route: Route }[] = [];
  for (const place of PLACES) {
    const found = routeTo("direct", place, role);
    if (!found || mustNotRun(found)) continue;
    const { route } = found;
    const key = `${place.subgraph} ${route[0]!.type}`;
    if (!found.open || verdictOf(place.coordinate, role) !== "yes") alone.push({ place, route });
    else together.set(key, [...(together.get(key) ?? []), { place, route }]);
  }
  const groups = [...together.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MOST_PLACES) }, (_, part) =>
      group.slice(part * MOST_PLACES, (part + 1) * MOST_PLACES),
    ),
  );
  await Promise.all(
    [...groups, ...alone.map((one) => [one])].map(async (group) => {
      const there = await askPast(
        role,
        group[0]!.place.subgraph,
        group.map(({ route }) => route),
      );
      if (there === "refused") return;
      for (const { place } of group) {
        asked.add(nameOf(place));
        if (there.has(place.coordinate)) seen.add(nameOf(place));
      }
    }),
  );
  return { seen, asked };
}

/** Past the gateway: all that the table opens in one stream for each kind of event, and what it does not field by field. */
async function byEvents(role: Role): Promise<Observed> {
  const seen = new Set<string>();
  const asked = new Set<string>();
  const tell = async (subgraph: "law-enforcement" | "services", places: readonly Place[]) => {
    const root = treeOf(
      "Subscription",
      places.map((place) => routeTo("event", place, role)!.route),
    );
    for (const [name, below] of root.fields) {
      const { args } = schemas.get(subgraph)!.getSubscriptionType()!.getFields()[name]!;
      const historic = args.some((one) => one.name === "historic") ? "historic: true, " : "";
      const from = `(${historic}after: "${world.beginnings[subgraph]}")`;
      const tree: Tree = { type: "Subscription", fields: new Map([[name, below]]) };
      const selection = selectionOf(tree, schemas.get(subgraph)!, { [`Subscription.${name}`]: from });
      const told = await hub.eventsAs(CALLERS[role], subgraph, `subscription ${selection}`);
      if (told === "refused") continue;
      for (const place of places) asked.add(nameOf(place));
      for (const coordinate of seenIn(tree, told)) seen.add(nameOf({ subgraph, coordinate }));
    }
  };
  for (const subgraph of ["law-enforcement", "services"] as const) {
    const there = PLACES.filter((place) => place.subgraph === subgraph && routeTo("event", place, role));
    const isOpen = (place: Place) =>
      routeTo("event", place, role)!.open && verdictOf(place.coordinate, role) === "yes";
    await tell(subgraph, there.filter(isOpen));
    await Promise.all(there.filter((place) => !isOpen(place)).map((place) => tell(subgraph, [place])));
  }
  return { seen, asked };
}

beforeAll(async () => {
  world = await createWorld();
  hub = await openHub(world, await createCredentials());
  const read = new Map<Role, Omit<Observations, "mutation">>();
  for (const role of ROLES) {
    read.set(role, {
      query: await throughTheGateway(role, "query"),
      entity: await throughTheGateway(role, "entity"),
      direct: await pastTheGateway(role),
      event: await byEvents(role),
    });
  }
  // Last, as they change what there is to read.
  for (const [role, before] of read) {
    observed.set(role, { ...before, mutation: await throughTheGateway(role, "mutation") });
  }
}, 240_000);
afterAll(async () => {
  await hub?.close();
  await world?.drop();
});

/** The fields of law enforcement that lead a role to what another agency adds: on that way they are seen in passing. */
const passed = new Map(
  ROLES.map((role) => [
    role,
    new Set(
      PROTECTED.flatMap((place) => {
        const found = routeTo("entity", place, role);
        const given = found?.open && verdictOf(place.coordinate, role) === "yes";
        return given ? found.route.slice(0, -1).map(({ type, field }) => `${type}.${field}`) : [];
      }),
    ),
  ]),
);

/** Whether the table gives a role this field on this way. */
function shouldSee(role: Role, way: Way, place: Place): boolean {
  const found = routeTo(way, place, role);
  if (found && !found.open && way === "entity") return passed.get(role)!.has(place.coordinate);
  if (!found?.open || NEVER_FILLED[role]?.includes(place.coordinate)) return false;
  if (AREAS.some(({ neverFilled }) => neverFilled?.[role]?.includes(place.coordinate))) return false;
  if (way === "direct" && mustNotRun(found)) return false;
  if (way === "mutation" && notByMutation(role).includes(place.coordinate)) return false;
  if (isOfAPlan(found.route) && NOT_OF_A_PLAN.includes(place.coordinate)) return false;
  if (way === "query" && NOT_BY_QUERY.includes(place.coordinate)) return false;
  if (way === "event" && NOT_BY_EVENT.includes(place.coordinate)) return false;
  return verdictOf(place.coordinate, role) === "yes";
}

const sees = (role: Role, way: Way, place: Place) =>
  routeTo(way, place, role) !== undefined &&
  observed.get(role)![way].seen.has(way === "direct" || way === "event" ? nameOf(place) : place.coordinate);

describe("the table is whole", () => {
  test("every field of the three schemas is written down, and every field written down is there", () => {
    const unwritten = PLACES.filter(({ coordinate }) => {
      const [type, field] = coordinate.split(".") as [string, string];
      return holdsOf(type, field) === undefined;
    });
    expect(unwritten.map(nameOf)).toEqual([]);
    const fields = new Set(PLACES.map(({ coordinate }) => coordinate));
    const types = new Set([...fields].map((coordinate) => coordinate.split(".")[0]));
    const written = Object.entries(FIELDS).flatMap(([type, names]) =>
      Object.keys(names).map((name) => (name === "*" ? type : `${type}.${name}`)),
    );
    expect(written.filter((name) => !fields.has(name) && !types.has(name))).toEqual([]);
  });

  test("every protected field is asked for by every role, past the gateway and through it", () => {
    const through = (place: Place, role: Role) =>
      (["query", "entity", "mutation"] as const).some((way) => routeTo(way, place, role));
    const isOfAnswers = (place: Place, role: Role) =>
      routeTo("direct", place, role) !== undefined && through(place, role);
    // What no query reaches: there, one way is all there is.
    const isOfEvents = (place: Place, role: Role) =>
      routeTo("direct", place, role) === undefined && routeTo("event", place, role) !== undefined;
    const missed = PROTECTED.flatMap((place) =>
      ROLES.filter((role) => !isOfEvents(place, role) && !isOfAnswers(place, role)).map(
        (role) => `${role}: ${nameOf(place)}`,
      ),
    );
    expect(missed).toEqual([]);
  });

  test("every protected field is seen by somebody, so that what is withheld is there to be seen", () => {
    const unseen = PROTECTED.filter(
      (place) => !ROLES.some((role) => WAYS.some((way) => sees(role, way, place))),
    );
    expect(unseen.map(nameOf)).toEqual([
      // Shown as they are given, and here not as they are withdrawn.
      "ReferralAgreement.withdrawnAt of law-enforcement",
      "Hold.withdrawnAt of advocacy",
      // Nobody knows here that they live apart, so that no letter is drafted.
      "VictimLetterResult.letter of advocacy",
      "Engagement.redisclosureNotice of services",
    ]);
  });

  test("every event of the API is one of the world's", () => {
    const events = Object.keys(api.getSubscriptionType()!.getFields());
    const told = ROLES.flatMap((role) => [...observed.get(role)!.event.seen]);
    expect(events.filter((name) => !told.some((seen) => seen.startsWith(`Subscription.${name} `)))).toEqual(
      [],
    );
  });
});

describe.each(ROLES)("what the role %s sees", (role) => {
  test.each(WAYS)("by %s: all that the table gives, and nothing else", (way) => {
    const expected = PROTECTED.filter((place) => shouldSee(role, way, place)).map(nameOf);
    const seen = PROTECTED.filter((place) => sees(role, way, place)).map(nameOf);
    expect(seen).toEqual(expected);
  });

  test.each(WAYS)("by %s: no agency is asked for anything else", (way) => {
    const forbidden = PLACES.filter(({ coordinate }) => verdictOf(coordinate, role) === "no").map(nameOf);
    expect(forbidden.filter((name) => observed.get(role)![way].asked.has(name))).toEqual([]);
  });
});

describe("who sees", () => {
  test.each(PROTECTED.map((place) => [nameOf(place), place] as const))("%s", (_name, place) => {
    const table = ROLES.map((role) => [role, WAYS.filter((way) => shouldSee(role, way, place))]);
    expect(ROLES.map((role) => [role, WAYS.filter((way) => sees(role, way, place))])).toEqual(table);
  });
});
