import { expectSame, federate } from "./harness";
import type { World } from "./world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@interfaceObject"])`;

const world: World = {
  subgraphs: {
    files: `${LINK}
      interface Record @key(fields: "id") { id: ID! }
      type Query { latest: Record  count: Int }
    `,
    notes: `${LINK}
      type Record @key(fields: "id", resolvable: false) @interfaceObject { id: ID!  text: String }
      type Query { noted: Record }
    `,
  },
  facts: () => [],
  fields: { "Query.latest": () => null, "Query.count": () => 3, "Query.noted": () => null },
};

describe("root fields that no subgraph can be asked for", () => {
  const federation = federate(world);

  test("alone: the operation does not run, and says why", async () => {
    const { engine, sent } = await federation.run("{ latest { text } }");
    expect(engine).toMatchObject({
      data: undefined,
      errors: [{ path: ["latest"], extensions: { code: "UNANSWERABLE" } }],
    });
    expect(sent).toEqual([]);
  });
  test("beside others: null with an error under the client's own key, and the rest is there", async () => {
    const { engine } = await federation.run("{ last: latest { text } count }");
    expect(engine).toMatchObject({
      data: { last: null, count: 3 },
      errors: [{ path: ["last"], extensions: { code: "UNANSWERABLE" } }],
    });
  });
  test("what can be asked for is asked for", async () => {
    await expectSame(federation, "{ __typename count noted { id text } ... on Query { again: count } }");
  });
});
