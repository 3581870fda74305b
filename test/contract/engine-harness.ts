import { getOperationAST, graphql, parse, validate } from "graphql";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { compose } from "../../cli/generate/compose";
import { maySeeOf } from "../../gateway/authorization/prune";
import { requirementsOf } from "../../gateway/authorization/requirements";
import { createEngine, type PreparedOperation } from "../../gateway/engine/engine";
import { createPlanner } from "../../gateway/engine/plan";
import type { AskSubgraph } from "../../gateway/engine/subgraph-client";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@authenticated", "@requiresScopes"])`;

const people = [
  { id: "p1", name: "Ada Moss", level: "B" },
  { id: "p2", name: "Ben Lund", level: "C" },
];

const law = {
  typeDefs: parse(`${LINK}
    type Query {
      people: [Person!]! @authenticated
      person(id: ID!): Person @requiresScopes(scopes: [["name"], ["level"]])
      notice: Notice @authenticated
    }
    type Mutation { rename(id: ID!, name: String!): Person @requiresScopes(scopes: [["write"]]) }
    type Person @key(fields: "id") {
      id: ID! @authenticated
      name: String @requiresScopes(scopes: [["name"]])
      level: String @requiresScopes(scopes: [["level"]])
    }
    union Notice = Letter | Visit
    type Letter { text: String @authenticated }
    type Visit { place: String @requiresScopes(scopes: [["place"]]) }
  `),
  resolvers: {
    Query: {
      people: () => people,
      person: (_: unknown, { id }: { id: string }) => people.find((p) => p.id === id),
      notice: () => ({ __typename: "Visit", place: "Library" }),
    },
    Mutation: { rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ id, name }) },
    Person: { __resolveReference: ({ id }: { id: string }) => people.find((p) => p.id === id) },
  },
};

const services = {
  typeDefs: parse(`${LINK}
    type Query { nothing: Boolean @authenticated }
    type Person @key(fields: "id") {
      id: ID! @authenticated
      level: String @external
      needs(kind: String): [Need!] @authenticated
      advice: String @requires(fields: "level") @requiresScopes(scopes: [["level"]])
    }
    type Need { kind: String! @authenticated  person: Person @authenticated }
  `),
  resolvers: {
    Person: {
      __resolveReference: (reference: object) => reference,
      needs: ({ id }: { id: string }, { kind = "work" }: { kind?: string }) =>
        id === "p1" ? [{ kind, person: { id: "p2" } }] : [],
      advice: ({ id, level }: { id: string; level: string }) => `${id} at ${level}`,
    },
  },
};

export interface Sent {
  subgraph: string;
  body: { query: string; variables: { representations?: unknown[] } };
}

/** An engine over two subgraphs, and what it sent them; `overrides` answers in the place of one. */
export function harness(overrides: Record<string, AskSubgraph> = {}) {
  const supergraph = compose([
    { name: "law", url: "http://law", typeDefs: law.typeDefs },
    { name: "services", url: "http://services", typeDefs: services.typeDefs },
  ]);
  const sent: Sent[] = [];
  const ask =
    (subgraph: string, schema: ReturnType<typeof buildSubgraphSchema>): AskSubgraph =>
    async (request) => {
      const body = JSON.parse(request.body) as Sent["body"];
      sent.push({ subgraph, body });
      const { data, errors } = await graphql({ schema, source: body.query, variableValues: body.variables });
      return JSON.parse(
        JSON.stringify({ kind: "answered", data: data ?? null, errors: errors ?? [] }),
      ) as Awaited<ReturnType<AskSubgraph>>;
    };
  const planner = createPlanner(supergraph);
  const requirements = requirementsOf(parse(supergraph));
  const engine = createEngine({
    planner,
    maySeeOf: ({ scopes }) => maySeeOf(requirements, scopes),
    subgraphs: new Map([
      ["law", overrides["law"] ?? ask("law", buildSubgraphSchema(law))],
      ["services", overrides["services"] ?? ask("services", buildSubgraphSchema(services))],
    ]),
  });
  const prepared = new Map<string, PreparedOperation>();
  const run = async (source: string, scopes: string[], variables: Record<string, unknown> = {}) => {
    const document = parse(source);
    expect(validate(planner.apiSchema, document)).toEqual([]);
    let operation = prepared.get(source);
    if (!operation) {
      operation = engine.prepare(document, getOperationAST(document)!);
      prepared.set(source, operation);
    }
    const { data, errors } = await operation.execute({
      variables,
      scopes: { key: scopes.join("+"), scopes: new Set(scopes) },
      headers: {},
    });
    return { text: JSON.stringify(data), data, errors };
  };
  return { run, sent };
}

export const ALL = ["name", "level", "write", "place"];
