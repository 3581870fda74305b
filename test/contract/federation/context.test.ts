import { printType } from "graphql";
import { federate, type Federation } from "./harness";
import type { Fact, World } from "./world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@context", "@fromContext"])`;

const worker = (id: string): Fact => ({ __typename: "Worker", id, name: `Worker ${id}` });
const w1 = worker("w1");
const w2 = worker("w2");
const north: Fact = {
  __typename: "Shelter",
  id: "north",
  zone: "N",
  site: { city: "York" },
  staff: [w1, w2],
  desks: [{ clerk: w1 }, { clerk: null }],
  lead: w2,
};
const south: Fact = {
  __typename: "Shelter",
  id: "south",
  zone: "S",
  site: null,
  staff: [w1],
  desks: [],
  lead: null,
};
const court: Fact = { __typename: "Court", id: "court", zone: "C", site: { city: "Hull" }, staff: [w2] };

/** A worker's shift depends on the place that the question came by: the same worker has another elsewhere. */
const world: World = {
  subgraphs: {
    places: `${LINK}
      type Query { shelters: [Shelter!]!  anywhere: [Workplace!]! }
      interface Workplace @context(name: "place") { id: ID!  zone: String  site: Site  staff: [Worker!]! }
      type Shelter implements Workplace @key(fields: "id") @context(name: "place") {
        id: ID!  zone: String  site: Site  staff: [Worker!]!  desks: [Desk!]!  lead: Worker
      }
      type Court implements Workplace @key(fields: "id") @context(name: "place") {
        id: ID!  zone: String  site: Site  staff: [Worker!]!
      }
      type Site { city: String }
      type Desk { clerk: Worker }
      type Worker @key(fields: "id") {
        id: ID!
        shift(
          day: Int
          zone: String @fromContext(field: "$place { zone }")
          city: String @fromContext(field: "$place { site { city } }")
        ): String
      }
    `,
    people: `${LINK}
      type Worker @key(fields: "id") { id: ID!  name: String  deputy: Worker }
    `,
  },
  facts: () => [w1, w2, north, south, court],
  fields: {
    "Query.shelters": () => [north, south],
    "Query.anywhere": () => [south, court],
    "Worker.deputy": ({ id }: { id: string }) => (id === "w1" ? w2 : w1),
    "Worker.shift": (_: never, { day, zone, city }: Record<string, unknown>) => [zone, city, day].join(),
  },
};

describe("@fromContext", () => {
  const federation: Federation = federate(world);
  const answerOf = async (source: string, variables = {}) => {
    const { engine, sent } = await federation.run(source, variables);
    expect(engine.errors).toEqual([]);
    return { data: engine.data, sent };
  };

  test("clients do not see the argument", () => {
    const printed = printType(federation.apiSchema.getType("Worker")!);
    expect(printed).toContain("shift(day: Int): String");
  });
  test("the same entity has the value of each place it stands at; a null on the way is null", async () => {
    const { data } = await answerOf("{ shelters { id staff { id shift(day: 1) } } }");
    expect(data).toEqual({
      shelters: [
        {
          id: "north",
          staff: [
            { id: "w1", shift: "N,York,1" },
            { id: "w2", shift: "N,York,1" },
          ],
        },
        { id: "south", staff: [{ id: "w1", shift: "S,,1" }] },
      ],
    });
  });
  test("one request for each context, each entity in it once", async () => {
    const { sent } = await answerOf("{ shelters { staff { shift } lead { shift } again: staff { shift } } }");
    const ids = sent
      .filter(({ query }) => query.includes("_entities"))
      .map(({ variables }) => (variables?.["representations"] as Fact[]).map(({ id }) => id));
    expect(ids).toEqual(expect.arrayContaining([["w1", "w2"], ["w1"], ["w2"]]));
  });
  test("over objects and other subgraphs between, whatever the client calls what lies there", async () => {
    const { data } = await answerOf(
      "{ shelters { zone: id desks { clerk { deputy { name shift } } } lead { site: deputy { zone: shift(day: 2) } } } }",
    );
    expect(data).toEqual({
      shelters: [
        {
          zone: "north",
          desks: [{ clerk: { deputy: { name: "Worker w2", shift: "N,York," } } }, { clerk: null }],
          lead: { site: { zone: "N,York,2" } },
        },
        { zone: "south", desks: [], lead: null },
      ],
    });
  });
  test("from whatever implements the context's interface", async () => {
    const { data } = await answerOf("{ anywhere { id staff { shift } } }");
    expect(data).toEqual({
      anywhere: [
        { id: "south", staff: [{ shift: "S,," }] },
        { id: "court", staff: [{ shift: "C,Hull," }] },
      ],
    });
  });
  test("beside a client's variable that is called as the planner's own", async () => {
    const source = `query ($contextualArgument_1_0: Int, $representations: Int) {
      shelters { staff { shift(day: $contextualArgument_1_0) other: shift(day: $representations) } }
    }`;
    const { data } = await answerOf(source, { contextualArgument_1_0: 5, representations: 6 });
    expect(data).toMatchObject({ shelters: [{ staff: [{ shift: "N,York,5", other: "N,York,6" }, {}] }, {}] });
  });
});
