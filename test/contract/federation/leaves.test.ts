import fc from "fast-check";
import { execute, parse } from "graphql";
import { compose } from "../../../cli/generate/compose";
import { createEngine } from "../../../gateway/engine/engine";
import { createPlanner } from "../../../gateway/engine/plan";
import { explainedNulls } from "./errors";

const TYPES = `
  type Query { int: Int  float: Float  text: String  flag: Boolean  id: ID  kind: Kind  any: Any  thing: Thing  shape: Shape  sure: Sure
    ints: [Int]  strict: [Int!]  grid: [[Float!]!]  kinds: [Kind]!  things: [Thing!]  shapes: [Shape] }
  type Thing { id: ID!  count: Int!  parts: [Thing!]  note: String }
  type Sure { must: Thing! }
  union Shape = Circle | Square
  type Circle { r: Int! }
  type Square { a: Float }
  enum Kind { UP DOWN }
  scalar Any
`;
const SOURCE = `{
  int float text flag id kind any thing { ...T parts { ...T } } shape { ...S } sure { must { ...T } } ints strict grid kinds
  things { ...T } shapes { ...S __typename }
} fragment T on Thing { id count note } fragment S on Shape { ... on Circle { r } ... on Square { a } }`;

/** A subgraph that answers with whatever is given. */
function engineOf() {
  const planner = createPlanner(
    compose([
      {
        name: "one",
        url: "http://one",
        typeDefs: parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") ${TYPES}`),
      },
    ]),
  );
  let given: object = {};
  const engine = createEngine({
    planner,
    maySeeOf: () => () => true,
    subgraphs: new Map([["one", async () => ({ kind: "answered", data: given as never, errors: [] })]]),
  });
  const document = parse(SOURCE);
  const [operation] = document.definitions;
  const prepared = engine.prepare(document, operation as never);
  return {
    engineAnswer: async (data: object) => {
      given = JSON.parse(JSON.stringify(data)) as object;
      const scopes = { key: "", scopes: new Set<string>() };
      const { data: answered, errors } = await prepared.execute({ variables: {}, scopes, headers: {} });
      return { data: answered as unknown, errors };
    },
    graphqlAnswer: async (data: object) => {
      const rootValue = JSON.parse(JSON.stringify(data)) as object;
      const { data: answered, errors } = await execute({ schema: planner.apiSchema, document, rootValue });
      return { data: answered as unknown, errors: errors ?? [] };
    },
  };
}

const leaf = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 3 }) },
  fc.constantFrom(2 ** 31, 2 ** 31 - 1, -(2 ** 31) - 1, 2 ** 53, 0.5, -0, 1e300),
  fc.constantFrom("", "UP", "DOWN", "SIDEWAYS", "5", "0x1F", " 7 ", "1e3", "true", "é\u2028", "-0.0"),
  fc.boolean(),
  fc.constant(null),
);
const wrong = fc.oneof(leaf, fc.constantFrom<unknown>([], {}, [1], { a: 1 }, [[1]], [null]));
const list = (element: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary: fc.array(element, { maxLength: 3 }) }, leaf);
/** What is no object where an object should be is tested below: graphql-js reads fields of anything. */
const object = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof({ weight: 6, arbitrary: fc.record(fields, { requiredKeys: [] }) }, fc.constant(null));
const thing = object({
  id: fc.oneof({ weight: 4, arbitrary: fc.constant("x") }, wrong),
  count: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, wrong),
  note: wrong,
  parts: fc.array(object({ id: fc.constant("y"), count: wrong, note: wrong }), { maxLength: 2 }),
});
const shape = object({
  __typename: fc.constantFrom("Circle", "Square", "Circle", "Square", "Thing", "Blob"),
  r: wrong,
  a: wrong,
});
const FIELDS = {
  int: wrong,
  float: wrong,
  text: wrong,
  flag: wrong,
  id: wrong,
  kind: wrong,
  any: wrong,
  thing,
  shape,
  sure: object({ must: thing }),
  ints: list(wrong),
  strict: list(leaf),
  grid: list(list(leaf)),
  kinds: fc.oneof({ weight: 9, arbitrary: fc.array(wrong, { maxLength: 3 }) }, leaf),
  things: list(thing),
  shapes: list(shape),
};
const answer = fc.record(FIELDS);

describe("values that are not what the schema says", () => {
  const { engineAnswer, graphqlAnswer } = engineOf();

  test("are coerced, made null and raised as graphql-js does it", async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (data) => {
        const [engine, graphql] = [await engineAnswer(data), await graphqlAnswer(data)];
        expect(JSON.stringify(engine.data)).toBe(JSON.stringify(graphql.data));
        expect(explainedNulls(engine.data, engine.errors)).toEqual(
          explainedNulls(graphql.data, graphql.errors),
        );
      }),
      {
        numRuns: Number(process.env["FEDERATION_RUNS"] ?? 100) * 5,
        seed: Number(process.env["FEDERATION_SEED"] ?? 20_260_301),
      },
    );
  });
  test("a value where an object should be is null, with an error", async () => {
    const nothing = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, null]));
    const { data, errors } = await engineAnswer({ ...nothing, thing: "text", shape: 5, kinds: [] });
    expect(data).toMatchObject({ thing: null, shape: null });
    expect(errors).toMatchObject([{ path: ["thing"] }, { path: ["shape"] }]);
  });
  test.each([
    ["one that the schema does not know", { __typename: "Blob", r: 1 }],
    ["one that the field cannot have", { __typename: "Thing", id: "x" }],
    ["none", { r: 1 }],
  ])("a type name, %s, is an error of its own code", async (_, shape) => {
    const nothing = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, null]));
    const { data, errors } = await engineAnswer({ ...nothing, shape, shapes: [shape], kinds: [] });
    expect(data).toMatchObject({ shape: null, shapes: [null] });
    const code = "UNKNOWN_TYPENAME";
    expect(errors).toMatchObject([
      { path: ["shape"], extensions: { code } },
      { path: ["shapes", 0], extensions: { code } },
    ]);
  });
});
