import { Kind, buildSchema, parse, type OperationDefinitionNode } from "graphql";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../platform/project-root";
import { createPlanner } from "./engine/plan";
import { MOST_COST, costOf, refusalOfCost } from "./cost";

const schema = buildSchema(`
  type Query {
    person: Person
    persons(ids: [ID!]!): [Person]
    queue(first: Int! = 50): Page
    recent(limit: Int): [Person]
  }
  type Page { entries: [Entry!]! total: Int }
  type Entry { person: Person }
  type Person { id: ID name: Name cases: [Case!]! self: Named }
  type Name { given: String }
  type Case { id: ID persons: [Person] }
  interface Named { name: Name }
`);

function costIn(source: string, variables: Record<string, unknown> = {}): number {
  const document = parse(source);
  const operation = document.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION);
  return costOf(schema, document, operation as OperationDefinitionNode)(variables);
}

describe("the estimated cost of an operation", () => {
  test.each([
    ["{ person { id name { given } } }", {}, 4],
    ["{ person { cases { id } } }", {}, 1 + 10 * 2],
    ["{ person { cases { persons { id } } } }", {}, 1 + 10 * (1 + 10 * 2)],
    ['{ persons(ids: ["1", "2", "3"]) { id } }', {}, 3 * 2],
    ["query ($ids: [ID!]!) { persons(ids: $ids) { id } }", { ids: ["1", "2"] }, 2 * 2],
    ["{ queue { total entries { person { id } } } }", {}, 1 + 1 + 50 * 3],
    ["{ queue(first: 7) { entries { person { id } } } }", {}, 1 + 7 * 3],
    ["query ($n: Int!) { queue(first: $n) { entries { person { id } } } }", { n: 20 }, 1 + 20 * 3],
    ["query ($n: Int!) { queue(first: $n) { entries { person { id } } } }", {}, 1 + 50 * 3],
    ["{ recent { id } }", {}, 10 * 2],
    ["{ person { ...P } } fragment P on Person { ... on Person { id } cases { id } }", {}, 1 + 1 + 10 * 2],
    ["{ person { self { name { given } } } }", {}, 4],
    ["{ __schema { types { name } } }", {}, 1],
    ["{ queue(first: -5) { entries { person { id } } } }", {}, 1],
  ])("%s with %j: %d", (source, variables, cost) => {
    expect(costIn(source, variables)).toBe(cost);
  });

  test("a refusal names the cost and the limit", () => {
    expect(refusalOfCost(100, 100)).toBeUndefined();
    expect(refusalOfCost(101, 100)).toMatchObject({
      message: expect.stringContaining("101 fields, and 100 is the limit") as string,
      extensions: { code: "OPERATION_TOO_COSTLY", cost: 101, limit: 100 },
    });
  });

  test("twice the person view of fifty people is within the limit", () => {
    const { apiSchema } = createPlanner(
      readFileSync(join(PROJECT_ROOT, "schema", "supergraph.graphql"), "utf8"),
    );
    const document = parse(
      readFileSync(join(PROJECT_ROOT, "docs", "queries", "person-view.graphql"), "utf8"),
    );
    const operation = document.definitions[0] as OperationDefinitionNode;
    expect(costOf(apiSchema, document, operation)({ id: "x" })).toBeLessThan(MOST_COST / 100);
  });
});
