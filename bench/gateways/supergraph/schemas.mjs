// The three schemas: composed into a supergraph with and without authorization, and as the first federation had them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse, print, visit } from "graphql";

export const SUBGRAPHS = ["law-enforcement", "advocacy", "services"];

/** Types that another subgraph began; the first federation wants them extended there. */
const EXTENDED = {
  "law-enforcement": ["Query"],
  advocacy: ["Query", "Case"],
  services: ["Query", "Person"],
};

export function schemaOf(name) {
  return parse(readFileSync(join(import.meta.dirname, `${name}.graphql`), "utf8"));
}

const isSecurity = (directive) => ["authenticated", "requiresScopes"].includes(directive.name.value);

function withoutSecurity(document) {
  return visit(document, {
    Directive: (directive) => (isSecurity(directive) ? null : undefined),
    ListValue: (list) => ({
      ...list,
      values: list.values.filter((v) => !/^@(authenticated|requiresScopes)$/.test(v.value ?? "")),
    }),
  });
}

/** A subgraph's schema for gateways that get no authorization to do. */
export const openSchemaOf = (name) => withoutSecurity(schemaOf(name));

/** What `_service { sdl }` answers: the schema in the words of the first federation, which every gateway reads. */
export function firstFederationSdlOf(name) {
  const extended = EXTENDED[name];
  const external = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: "external" } };
  const document = openSchemaOf(name);
  return print({
    ...document,
    definitions: document.definitions
      .filter((definition) => definition.kind !== Kind.SCHEMA_EXTENSION)
      .map((definition) => {
        if (!extended.includes(definition.name.value)) return definition;
        return {
          ...definition,
          kind: Kind.OBJECT_TYPE_EXTENSION,
          fields: definition.fields.map((f) =>
            f.name.value === "id" ? { ...f, directives: [external] } : f,
          ),
        };
      }),
  });
}

/** The supergraph over subgraphs at these addresses; `secured` keeps the directives of authorization. */
export async function composeSupergraph(addresses, secured) {
  const { composeServices } = (await import("@apollo/composition")).default;
  const { supergraphSdl, errors } = composeServices(
    SUBGRAPHS.map((name) => ({
      name,
      url: addresses[name],
      typeDefs: secured ? schemaOf(name) : openSchemaOf(name),
    })),
  );
  if (errors)
    throw new Error(`The subgraphs do not compose:\n  ${errors.map((e) => e.message).join("\n  ")}`);
  return supergraphSdl;
}

/** The whole schema of one subgraph as it executes it, entities included. */
export function executableSdlOf(name) {
  const document = visit(schemaOf(name), { Directive: () => null });
  const definitions = document.definitions.filter((d) => d.kind !== Kind.SCHEMA_EXTENSION);
  const entities = schemaOf(name)
    .definitions.filter((d) => d.directives.some((directive) => directive.name.value === "key"))
    .map((d) => d.name.value);
  return `${print({ ...document, definitions })}
    scalar _Any
    union _Entity = ${entities.join(" | ")}
    type _Service { sdl: String }
    extend type Query {
      _entities(representations: [_Any!]!): [_Entity]!
      _service: _Service!
    }`;
}
