import { parse, print } from "graphql";
import { applyPolicy } from "./apply-policy";

const typeDefs = parse(`
  type Query { person(id: ID!): Person }
  type Person { id: ID! name: String level: Level }
  type Level { value: String! }
`);
const policy = {
  "Query.person": ["name", "level"],
  "Person.id": "authenticated",
  "Person.name": ["name"],
  "Person.level": ["level"],
  "Level.value": ["level"],
} as const;

describe("a policy applied to a schema", () => {
  test("writes each requirement into the SDL: any one of the scopes, or just a known caller", () => {
    expect(print(applyPolicy(typeDefs, policy)).replace(/\s+/g, " ")).toBe(
      'type Query { person(id: ID!): Person @requiresScopes(scopes: [["name"], ["level"]]) } ' +
        'type Person { id: ID! @authenticated name: String @requiresScopes(scopes: [["name"]]) ' +
        'level: Level @requiresScopes(scopes: [["level"]]) } ' +
        'type Level { value: String! @requiresScopes(scopes: [["level"]]) }',
    );
  });

  test("does not build with a field that has no row", () => {
    const { "Person.name": _left, ...rest } = policy;
    expect(() => applyPolicy(typeDefs, rest)).toThrow("Person.name has no row in the policy");
  });

  test("does not build with a row that names no field, and says all faults at once", () => {
    const { "Person.name": _left, ...rest } = policy;
    const faulty = { ...rest, "Person.nmae": ["name"] } as const;
    expect(() => applyPolicy(typeDefs, faulty)).toThrow(
      /Person\.name has no row[^]*Person\.nmae names no field/,
    );
  });

  test("does not build with a non-null field that callers reach without being allowed to see it", () => {
    expect(() => applyPolicy(typeDefs, { ...policy, "Person.level": ["level", "name"] })).toThrow(
      "Level.value is non-null, but Person.level is open to callers who may not see it",
    );
  });

  test("a field named like an inherited property has no row by accident", () => {
    const odd = parse("type Query { constructor: String }");
    expect(() => applyPolicy(odd, {})).toThrow("Query.constructor has no row");
  });
});
