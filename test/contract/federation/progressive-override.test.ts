import { expectSame, federate } from "./harness";
import type { World } from "./world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])`;

const beds = [
  { __typename: "Bed", id: "1", rate: 10, free: true },
  { __typename: "Bed", id: "2", rate: null, free: false },
];

const world: World = {
  subgraphs: {
    ledger: `${LINK}
      type Query { beds: [Bed!] }
      type Bed @key(fields: "id") { id: ID!  rate: Int  free: Boolean }
    `,
    rates: `${LINK}
      type Query { best: Bed }
      type Bed @key(fields: "id") {
        id: ID!
        rate: Int @override(from: "ledger", label: "percent(50)")
        free: Boolean @override(from: "ledger", label: "new-rates")
      }
    `,
  },
  facts: () => beds,
  fields: { "Query.beds": () => beds, "Query.best": () => beds[0] },
};

describe("@override with a label", () => {
  const federation = federate(world);

  test("is off: the old owner is asked, wherever the entity comes from", async () => {
    const { sent } = await expectSame(federation, "{ beds { rate free } }");
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(["ledger"]);
    await expectSame(federation, "{ best { id rate } beds { id free } }");
  });
});
