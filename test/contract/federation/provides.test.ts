import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { provides } from "./worlds/provides";

describe("@provides and @external", () => {
  const federation = federate(provides);
  const subgraphsOf = async (source: string) => {
    const { sent } = await expectSame(federation, source);
    return [...new Set(sent.map(({ subgraph }) => subgraph))].sort().join();
  };

  test("what is provided needs no second request", async () => {
    expect(await subgraphsOf("{ reviews { text writer { id name } } }")).toBe("reviews");
  });
  test("the same field by another way does", async () => {
    expect(await subgraphsOf("{ bare { writer { name } } }")).toBe("authors,reviews");
  });
  test("nested: what is provided stops where it says", async () => {
    expect(await subgraphsOf("{ bare { deep { writer { name home { city } } } } }")).toBe("reviews");
    expect(await subgraphsOf("{ bare { deep { writer { name home { city street } } } } }")).toBe(
      "authors,reviews",
    );
  });
  test("on the members of a union", async () => {
    expect(await subgraphsOf("{ works { ... on Book { title } ... on Film { id title } } }")).toBe("reviews");
    expect(await subgraphsOf("{ plainWorks { ... on Book { title pages } ... on Film { title } } }")).toBe(
      "authors,reviews",
    );
  });
  test("on an implementer of an interface", async () => {
    expect(await subgraphsOf("{ latest { __typename id ... on Book { title } } }")).toBe("reviews");
    expect(await subgraphsOf("{ latest { ... on Book { title pages } ... on Film { title } } }")).toBe(
      "authors,reviews",
    );
  });
  test("random operations", async () => {
    await expectSameForRandomOperations(federation);
  });
});
