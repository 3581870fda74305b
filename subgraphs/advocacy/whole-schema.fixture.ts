import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import { meets, type PolicyTable } from "../../platform/policy/policy-table";

/** One way in: a query, a mutation, or a field of an entity, with everything under it that may be asked. */
export interface Entry {
  readonly name: string;
  readonly query: string;
}

/** What the way in is about. */
export interface Subject {
  readonly caseId: string;
  readonly releaseId: string;
  readonly conflictId: string;
}

/** Federation's own fields: `_entities` is how an entity's fields are asked. */
const PROTOCOL = new Set(["_entities", "_service"]);

/** Values that a rule would refuse when they came from the type alone. */
const VALUES: Readonly<Record<string, string>> = {
  kind: "VISIT",
  outcome: "REACHED",
  recipientAgency: '"county-prosecutor"',
  dueOn: '"2026-03-20"',
  conferenceId: '"00000000-0000-4000-8000-0000000000c2"',
  actionId: '"00000000-0000-4000-8000-0000000000c3"',
  letterId: '"00000000-0000-4000-8000-0000000000c4"',
  contactId: '"00000000-0000-4000-8000-0000000000c0"',
  hours: "0",
  key: '"00000000-0000-4000-8000-0000000000c1"',
  language: '"en"',
  instrument: '"example-checklist"',
  version: '"1"',
  answers: `[${Array.from({ length: 12 }, (_, index) => `{ item: "${index + 1}", answer: NO }`).join(", ")}]`,
  taskId: '"00000000-0000-4000-8000-0000000000c2"',
  outreachId: '"00000000-0000-4000-8000-0000000000c3"',
};

function valueOf(name: string, type: GraphQLInputType, subject: Subject): string {
  if (name === "caseId" || name === "releaseId" || name === "conflictId")
    return JSON.stringify(subject[name]);
  if (VALUES[name] !== undefined) return VALUES[name];
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields()).filter(
      // An id that may be left out is asked with all the same: it is what the answer could hang on.
      (field) => isNonNullType(field.type) || field.name in subject,
    );
    return `{ ${fields.map((field) => `${field.name}: ${valueOf(field.name, field.type, subject)}`).join(", ")} }`;
  }
  if (isEnumType(named)) return named.getValues()[0]!.name;
  if (named.name === "Boolean") return "false";
  if (named.name === "String") return '"any-text"';
  if (named.name === "DateTime") return '"2026-02-01T00:00:00Z"';
  throw new Error(`Nothing is known to say for ${name}: ${named.name}.`);
}

function argumentsOf(field: GraphQLField<unknown, unknown>, subject: Subject): string {
  const required = field.args.filter(({ type }) => isNonNullType(type) && type.ofType !== undefined);
  const told = required.filter(({ defaultValue }) => defaultValue === undefined);
  if (told.length === 0) return "";
  return `(${told.map(({ name, type }) => `${name}: ${valueOf(name, type, subject)}`).join(", ")})`;
}

/** Every field below that `may` allows; empty when there is none. */
function selectionOf(
  type: GraphQLOutputType,
  may: (coordinate: string) => boolean,
  above: readonly string[],
): string | null {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return "";
  if (above.includes(named.name)) return null;
  const fields = Object.values((named as GraphQLObjectType).getFields()).flatMap((field) => {
    if (!may(`${named.name}.${field.name}`)) return [];
    const below = selectionOf(field.type, may, [...above, named.name]);
    return below === null ? [] : [`${field.name}${below}`];
  });
  return fields.length === 0 ? null : ` { ${fields.join(" ")} }`;
}

/**
 * Every way into a schema, each asking all that `may` allows: derived from the schema, so that a new field is in it. A way
 * in under which nothing may be asked is left out.
 */
export function entriesOf(
  schema: GraphQLSchema,
  entities: readonly string[],
  may: (coordinate: string) => boolean,
  subject: Subject,
): Entry[] {
  const entries: Entry[] = [];
  for (const [operation, type] of [
    ["query", schema.getQueryType()],
    ["mutation", schema.getMutationType()],
  ] as const) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (PROTOCOL.has(field.name) || !may(`${type!.name}.${field.name}`)) continue;
      const below = selectionOf(field.type, may, []);
      if (below === null) continue;
      entries.push({
        name: `${type!.name}.${field.name}`,
        query: `${operation} { ${field.name}${argumentsOf(field, subject)}${below} }`,
      });
    }
  }
  for (const entity of entities) {
    const type = schema.getType(entity) as GraphQLObjectType;
    const asked = Object.values(type.getFields()).flatMap((field) => {
      const below = selectionOf(field.type, may, [entity]);
      return !may(`${entity}.${field.name}`) || below === null ? [] : [[field.name, `${field.name}${below}`]];
    });
    const entry = (name: string, fields: string) => ({
      name,
      query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${entity} { ${fields} } } }`,
    });
    for (const [name, field] of asked) entries.push(entry(`${entity}.${name!}`, field!));
    entries.push(entry(entity, asked.map(([, field]) => field).join(" ")));
  }
  return entries;
}

/** Whether a holder of the scopes may ask for a coordinate. */
export function permitted(policy: PolicyTable, scopes: ReadonlySet<string>): (coordinate: string) => boolean {
  return (coordinate) => meets(policy[coordinate], scopes);
}
