import { Kind, parse, print, type DocumentNode } from "graphql";
import { planningHazards } from "../../gateway/supergraph/planning-hazards";
import { fieldSetsOf, type FieldSet } from "./field-sets";

/** Exactly `id: ID!`: what travels between agencies says nothing of anybody (a case number, a state id, a name would). */
function isOpaque({ fields, definedFields }: FieldSet): boolean {
  const [only, ...others] = fields.selections;
  if (only?.kind !== Kind.FIELD || others.length > 0 || only.name.value !== "id") return false;
  const id = definedFields.find(({ name }) => name.value === "id");
  return id !== undefined && print(id.type) === "ID!";
}

/**
 * Holds the hub's own subgraphs to opaque keys.
 *
 * @throws Error naming every type whose key is anything but `id: ID!`.
 */
export function refuseUnsafe(name: string, typeDefs: DocumentNode): void {
  const unsafe = fieldSetsOf(typeDefs).onTypes.filter((key) => !isOpaque(key));
  if (unsafe.length === 0) return;
  const lines = unsafe.map(
    ({ coordinate, fields }) =>
      `${coordinate} @key ${print(fields).replaceAll(/\s+/g, " ")}: a key is id: ID! alone.`,
  );
  throw new Error(`The subgraph ${name} has keys that are not opaque:\n  ${lines.join("\n  ")}`);
}

/**
 * Holds a supergraph to requirements that the planner plans well.
 *
 * @throws Error naming every requirement that it would get wrong in silence.
 */
export function refuseUnplannable(supergraphSdl: string): void {
  const hazards = planningHazards(parse(supergraphSdl));
  if (hazards.length > 0) throw new Error(`The planner would answer wrongly:\n  ${hazards.join("\n  ")}`);
}
