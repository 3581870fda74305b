import { expectSame, federate } from "./harness";
import type { Fact, World } from "./world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;

const letter: Fact = { __typename: "Letter", subject: "L" };
const call: Fact = { __typename: "Call", minutes: 3 };
const log: Fact = { __typename: "Log", id: "l", page: { entries: [letter, call] }, only: letter };

/** Two subgraphs share a field whose union has other members in each. */
const partlyShared: World = {
  subgraphs: {
    post: `${LINK}
      type Query { log: Log }
      type Log @key(fields: "id") { id: ID!  page: Page @shareable  only: Letter @shareable }
      type Page @shareable { entries: [Entry!]! }
      union Entry = Letter | Call
      type Letter @shareable { subject: String }
      type Call { minutes: Int }
    `,
    web: `${LINK}
      type Log @key(fields: "id") { id: ID!  page: Page @shareable  only: Entry @shareable }
      type Page @shareable { entries: [Entry!]! }
      union Entry = Letter | Message
      type Letter @shareable { subject: String }
      type Message { text: String }
    `,
  },
  facts: () => [log],
  fields: { "Query.log": () => log },
};

describe("unions whose members differ between subgraphs", () => {
  const federation = federate(partlyShared);

  test("members that both subgraphs have are asked for", async () => {
    await expectSame(federation, "{ log { page { entries { __typename ... on Letter { subject } } } } }");
  });
  test("a member that only the subgraph at hand has is asked for too, under any name and fragment", async () => {
    await expectSame(
      federation,
      "{ log { page { entries { ... on Call { minutes } ... on Message { text } } } } }",
    );
    await expectSame(
      federation,
      `query { day: log { page { entries { ...E kind: __typename } } only { ... on Call { minutes } ... on Letter { subject } } } }
      fragment E on Entry { ... on Call { long: minutes } }`,
    );
  });
});
