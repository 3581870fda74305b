import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildASTSchema,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import { PROJECT_ROOT } from "../../../../platform/project-root";
import type { Args } from "../resolve";
import { readSdl } from "../sdl";
import type { Fact, Facts, FieldOf, World } from "../world";

/** Few of each type, so that random references meet. */
const ENTITIES = 4;

/** Of lists. */
const LENGTHS = [0, 1, 1, 2, 2, 2, 3, 3];

/** A number that is the same for the same words, on every machine. */
function chosen(of: string, below: number): number {
  return createHash("sha256").update(of).digest().readUInt32BE(0) % below;
}

const SCALARS: Readonly<Record<string, (of: string) => unknown>> = {
  ID: (of) => `id-${chosen(of, 1_000)}`,
  String: (of) => `text-${chosen(of, 1_000)}`,
  Int: (of) => chosen(of, 100),
  Float: (of) => chosen(of, 100) / 4,
  Boolean: (of) => chosen(of, 2) === 1,
  Date: (of) => `2025-03-${10 + chosen(of, 20)}`,
  DateTime: (of) => `2025-03-${10 + chosen(of, 20)}T08:30:00.000Z`,
};

/** A value of a type, made of the words that name its place; entities come from the facts. */
function valueOf(
  type: GraphQLOutputType,
  of: string,
  entitiesOf: (type: string) => readonly Fact[],
): unknown {
  if (isNonNullType(type)) {
    const inner: GraphQLOutputType = type.ofType;
    return presentOf(inner, of, entitiesOf);
  }
  return chosen(`${of}?`, 12) === 0 ? null : presentOf(type, of, entitiesOf);
}

function presentOf(
  type: GraphQLOutputType,
  of: string,
  entitiesOf: (type: string) => readonly Fact[],
): unknown {
  if (isListType(type)) {
    const element: GraphQLOutputType = type.ofType;
    return Array.from({ length: LENGTHS[chosen(`${of}#`, LENGTHS.length)]! }, (_, n) =>
      valueOf(element, `${of}.${n}`, entitiesOf),
    );
  }
  if (isEnumType(type)) return type.getValues()[chosen(of, type.getValues().length)]!.name;
  if (!isObjectType(type)) {
    const scalar = SCALARS[getNamedType(type).name];
    if (!scalar) throw new Error(`No values are known for ${String(type)}.`);
    return scalar(of);
  }
  const entities = entitiesOf(type.name);
  return entities.length > 0 ? entities[chosen(of, entities.length)] : recordOf(type, of, entitiesOf);
}

function recordOf(
  type: GraphQLObjectType,
  of: string,
  entitiesOf: (type: string) => readonly Fact[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(type.getFields()).map((field) => {
      if (field.args.length > 0)
        throw new Error(`${type.name}.${field.name} takes arguments: give it a field.`);
      return [field.name, valueOf(field.type, `${of}/${field.name}`, entitiesOf)];
    }),
  );
}

/** Arguments as one word, whatever order they came in. */
function wordOf(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${key}:${wordOf(inner)}`).join()}}`;
}

/**
 * A world over any subgraphs whose entities have the key `id`: every value is made of the name of its place, so that
 * all subgraphs agree without anybody writing data down. A root field, and a field that requires others, is made of what
 * it is given; of an entity asked for by an unknown id, and of one required that is null, comes null. The last entity of
 * each type is unknown to the subgraph named in `absent`.
 */
function worldOf(
  subgraphs: Readonly<Record<string, string>>,
  absent: Readonly<Record<string, string>>,
  samples: Readonly<Record<string, readonly unknown[]>>,
  sought: readonly string[],
): World {
  const sdls = Object.entries(subgraphs).map(([name, sdl]) => ({
    ...readSdl(name, sdl),
    schema: buildASTSchema(readSdl(name, sdl).typeDefs, { assumeValidSDL: true }),
  }));
  const ids = (type: string) => Array.from({ length: ENTITIES }, (_, n) => `${type.toLowerCase()}-${n + 1}`);
  const entities = new Map<string, Record<string, unknown>[]>();
  for (const type of new Set(sdls.flatMap(({ keys }) => [...keys.keys()])))
    entities.set(
      type,
      ids(type).map((id) => ({ __typename: type, id })),
    );
  const fields: Record<string, FieldOf> = {};
  const ofFacts = (facts: Facts) => (type: string) => facts.of(type);

  for (const { name, schema, keys, requires, external } of sdls) {
    for (const type of keys.keys()) {
      const own = Object.values((schema.getType(type) as GraphQLObjectType).getFields()).filter(
        (field) => field.name !== "id" && !external.has(`${type}.${field.name}`),
      );
      for (const field of own) {
        const at = `${type}.${field.name}`;
        if (requires.has(at)) {
          const required = requires
            .get(at)!
            .selections.map((one) => (one.kind === "Field" ? one.name.value : ""));
          fields[at] = (given: Fact, _args: Args, facts: Facts) => {
            const values = required.map((one) => given[one]);
            return values.includes(null)
              ? null
              : valueOf(field.type, `${at} ${wordOf(values)}`, ofFacts(facts));
          };
          continue;
        }
        for (const [n, fact] of entities.get(type)!.entries()) {
          const isAbsent = absent[type] === name && n === ENTITIES - 1;
          fact[field.name] = isAbsent
            ? null
            : valueOf(field.type, `${at} ${fact["id"] as string}`, (of) => entities.get(of) ?? []);
          if (isAbsent) fact["absentFrom"] = [name];
        }
      }
    }
    for (const root of [schema.getQueryType(), schema.getMutationType()]) {
      for (const field of Object.values(root?.getFields() ?? {})) {
        const at = `${root!.name}.${field.name}`;
        const isLookup = entities.has(getNamedType(field.type).name) && field.args[0]?.name === "id";
        fields[at] = isLookup
          ? (_from: unknown, args: Args, facts: Facts) =>
              facts.of(getNamedType(field.type).name).find((fact) => fact["id"] === args["id"]) ?? null
          : (_from: unknown, args: Args, facts: Facts) =>
              valueOf(field.type, `${at} ${wordOf(args)}`, ofFacts(facts));
      }
    }
  }
  const all = [...entities.values()].flat() as Fact[];
  return { subgraphs, facts: () => all, fields, samples, sought };
}

const AGENCIES = ["law-enforcement", "advocacy", "services"] as const;

/** The hub's own schema as it is checked in, over made-up values. */
export const hub: World = worldOf(
  Object.fromEntries(
    AGENCIES.map((name) => [name, readFileSync(join(PROJECT_ROOT, "schema", `${name}.graphql`), "utf8")]),
  ),
  { Person: "services", Case: "law-enforcement" },
  {
    "person.id": ["person-1", "person-2", "person-3", "person-4", "nobody"],
    "case.id": ["case-1", "case-2", "case-3", "case-4", "none"],
    ID: ["person-1", "case-1", "nobody"],
    Int: [1, 50, 200],
    String: ["text", ""],
    Date: ["2025-03-10"],
    DateTime: ["2025-03-10T08:30:00.000Z"],
  },
  [
    "Person",
    "Case",
    "PersonPage",
    "CaseloadPage",
    "LevelProposalPage",
    "LevelProposal",
    "ReferralPage",
    "Referral",
  ],
);
