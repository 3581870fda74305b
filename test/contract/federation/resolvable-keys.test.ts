import { expectSame, federate } from "./harness";
import type { World } from "./world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires"])`;

const cases = [
  { __typename: "Matter", id: "1", docket: { court: "A", year: 2020 }, file: "f1", title: "One" },
  { __typename: "Matter", id: "2", docket: { court: "B", year: 2021 }, file: "f2", title: "Two" },
];

/** The courts give out more keys than they answer by, and name those first. */
const world: World = {
  subgraphs: {
    records: `${LINK}
      type Matter @key(fields: "id") @key(fields: "file", resolvable: false) { id: ID!  file: ID!  title: String }
    `,
    courts: `${LINK}
      type Query { heard: [Matter!] }
      type Matter
        @key(fields: "docket { court }", resolvable: false)
        @key(fields: "file", resolvable: false)
        @key(fields: "id docket { year }")
        @key(fields: "id", resolvable: false) {
        id: ID!  file: ID!  docket: Docket!  title: String @external  caption: String @requires(fields: "title")
      }
      type Docket { court: ID!  year: Int! }
    `,
  },
  facts: () => cases,
  fields: {
    "Query.heard": () => cases,
    "Matter.caption": ({ title }: { title: string }) => `In re ${title}`,
  },
};

describe("keys that a subgraph only gives out", () => {
  const federation = federate(world);

  test("the way back after a @requires is by a key that the subgraph answers", async () => {
    await expectSame(federation, "{ heard { caption } }");
    await expectSame(federation, "{ heard { id title caption docket { court } } }");
  });
});
