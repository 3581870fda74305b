import { getNamedType, isObjectType, type GraphQLField, type GraphQLSchema } from "graphql";
import type { Role } from "../../policy/matrix";
import { holdsOf, verdictOf } from "./verdict";
import { SUBGRAPHS, schemaOf, type SubgraphName } from "./hub";

/** The fields from a root to a field, the last one it. */
export type Route = readonly { readonly type: string; readonly field: string }[];

/** One field of the API at the agency that answers it. */
export interface Place {
  readonly subgraph: SubgraphName;
  readonly coordinate: string;
}

/**
 * The ways to a field: the agency's own query through the gateway; another agency's query, from which the gateway plans
 * an entity call; an entity call (or query) past the gateway; the answer of a mutation; and the agency's events.
 */
export const WAYS = ["query", "entity", "direct", "mutation", "event"] as const;
export type Way = (typeof WAYS)[number];

const schemas = new Map(SUBGRAPHS.map((name) => [name, schemaOf(name)]));

/** Types that can be asked for by reference, and what their agency needs to be told with the id. */
export const ENTITIES: Readonly<Record<SubgraphName, readonly string[]>> = {
  "law-enforcement": ["Person", "Case"],
  advocacy: ["Case", "Conference", "Contact"],
  services: ["Conference", "Person"],
};

function fieldsOf(schema: GraphQLSchema, typeName: string): GraphQLField<unknown, unknown>[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).filter(({ name }) => !name.startsWith("_"));
}

const isExternal = (field: GraphQLField<unknown, unknown>) =>
  field.astNode?.directives?.some(({ name }) => name.value === "external") ?? false;

/** Every field of the three schemas. */
export const PLACES: readonly Place[] = SUBGRAPHS.flatMap((subgraph) => {
  const schema = schemas.get(subgraph)!;
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith("_"))
    .flatMap(({ name }) =>
      fieldsOf(schema, name)
        .filter((field) => !isExternal(field))
        .map((field) => ({ subgraph, coordinate: `${name}.${field.name}` })),
    );
});

/** Every field that says something of somebody. */
export const PROTECTED: readonly Place[] = PLACES.filter(({ coordinate }) => {
  const [type, field] = coordinate.split(".") as [string, string];
  return holdsOf(type, field) !== "nothing protected";
});

type Starts = ReadonlyMap<string, Route>;
type May = (coordinate: string) => boolean;

/** The shortest route to each type, over fields that `may` lets pass. */
function reach(schema: GraphQLSchema, starts: Starts, may: May): Map<string, Route> {
  const reached = new Map(starts);
  const queue = [...starts.keys()];
  for (let type = queue.shift(); type !== undefined; type = queue.shift()) {
    for (const field of fieldsOf(schema, type)) {
      const next = getNamedType(field.type).name;
      if (reached.has(next) || !may(`${type}.${field.name}`)) continue;
      reached.set(next, [...reached.get(type)!, { type, field: field.name }]);
      queue.push(next);
    }
  }
  return reached;
}

const only = (...types: string[]): Starts => new Map(types.map((type) => [type, []]));

function startsOf(way: Way, subgraph: SubgraphName, may: May): Starts {
  switch (way) {
    case "query":
      return only("Query");
    case "mutation":
      return only("Mutation");
    case "event":
      return only("Subscription");
    case "direct":
      return only(...ENTITIES[subgraph], "Query", "Mutation");
    case "entity": {
      const others = SUBGRAPHS.filter((name) => name !== subgraph).map((name) =>
        reach(schemas.get(name)!, only("Query"), may),
      );
      const found = new Map<string, Route>();
      for (const entity of ENTITIES[subgraph]) {
        const [route] = others.flatMap((routes) => (routes.has(entity) ? [routes.get(entity)!] : []));
        if (route) found.set(entity, route);
      }
      return found;
    }
  }
}

/** A live release is of a woman whom law enforcement does not know: behind her case it has nothing. */
const RELEASED = "ReleaseNamingMe.case";

/** Ways that are there for a role and have nothing at their end: nobody goes on by them. */
const EMPTY: Partial<Record<Role, readonly string[]>> = {
  detective: [RELEASED],
  coordinator: ["ReferralPage.referrals", RELEASED],
  prosecutor: [RELEASED],
  probation: ["HelpPromisePage.promises", RELEASED],
};

const known = new Map<string, Map<string, Route>>();

function routesOf(way: Way, subgraph: SubgraphName, role: Role | "anybody"): Map<string, Route> {
  const key = `${way} ${subgraph} ${role}`;
  const may: May = (coordinate) =>
    role === "anybody" ||
    (verdictOf(coordinate, role) === "yes" && EMPTY[role]?.includes(coordinate) !== true);
  if (!known.has(key)) known.set(key, reach(schemas.get(subgraph)!, startsOf(way, subgraph, may), may));
  return known.get(key)!;
}

/**
 * How a role gets to a field on one way: over fields that the table opens to it where there is such a route, else over
 * any. Undefined: nobody gets there on this way.
 */
export function routeTo(
  way: Way,
  { subgraph, coordinate }: Place,
  role: Role,
): { route: Route; open: boolean } | undefined {
  const [type, field] = coordinate.split(".") as [string, string];
  const last = { type, field };
  const open = routesOf(way, subgraph, role).get(type);
  if (open) return { route: [...open, last], open: true };
  const any = routesOf(way, subgraph, "anybody").get(type);
  return any && { route: [...any, last], open: false };
}

/** Routes laid over each other. */
export interface Tree {
  readonly type: string;
  readonly fields: Map<string, Tree>;
}

/** Lays routes that begin at the same root over each other. */
export function treeOf(root: string, routes: readonly Route[]): Tree {
  const tree: Tree = { type: root, fields: new Map() };
  for (const route of routes) {
    let at = tree;
    route.forEach(({ field }, index) => {
      const type = route[index + 1]?.type ?? "";
      const next = at.fields.get(field) ?? { type, fields: new Map() };
      at.fields.set(field, next.type === "" && type !== "" ? { type, fields: next.fields } : next);
      at = at.fields.get(field)!;
    });
  }
  return tree;
}

/** A tree as a selection; arguments by coordinate. A field to which no route went on gives its id or type name. */
export function selectionOf(
  tree: Tree,
  schema: GraphQLSchema,
  args: Readonly<Record<string, string>>,
): string {
  const type = schema.getType(tree.type);
  if (!isObjectType(type)) return "";
  const parts = [...tree.fields].map(([name, inner]) => {
    const below = getNamedType(type.getFields()[name]!.type);
    const selection =
      inner.fields.size > 0 ? selectionOf(inner, schema, args) : isObjectType(below) ? "{ __typename }" : "";
    return `${name}${args[`${tree.type}.${name}`] ?? ""} ${selection}`;
  });
  return `{ ${parts.join(" ")} }`;
}

/** The fields of a tree for which there is a value in an answer. */
export function seenIn(tree: Tree, data: unknown, seen = new Set<string>()): Set<string> {
  if (Array.isArray(data)) data.forEach((one) => seenIn(tree, one, seen));
  else if (typeof data === "object" && data !== null) {
    for (const [field, inner] of tree.fields) {
      const value = (data as Record<string, unknown>)[field];
      if (value == null) continue;
      seen.add(`${tree.type}.${field}`);
      seenIn(inner, value, seen);
    }
  }
  return seen;
}
