import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { requires } from "./worlds/requires";

describe("@requires", () => {
  const federation = federate(requires);
  const same = (source: string) => expectSame(federation, source);

  test("a plain field, and one that clients may not see", async () => {
    const { data } = await same("{ products { cost(express: true) } }");
    expect(data).toEqual({ products: [{ cost: 1017 }, { cost: 1027 }, { cost: null }] });
  });
  test("nested selections, with nulls inside", async () => {
    await same('{ products { volume } product(sku: "s2") { volume size { height } } }');
  });
  test("lists, with nulls and empty lists inside", async () => {
    await same("{ products { weight parts { colour } } }");
  });
  test("fields of another entity, which a third subgraph knows", async () => {
    await same("{ products { duty maker { id } } }");
  });
  test("members of a union and an interface", async () => {
    await same("{ products { hint place extra { ... on Book { shared } ... on Toy { shared } } } }");
  });
  test("a chain over four subgraphs", async () => {
    const { sent } = await same('{ product(sku: "s1") { label } }');
    expect(sent.at(-1)).toMatchObject({ subgraph: "makers" });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(
      expect.arrayContaining(["shipping", "advice", "stock"]),
    );
  });
  test("there and back: a subgraph requires what another makes of its own field", async () => {
    await same("{ products { top } best { mid top base } }");
  });
  test("inside lists of lists, beside entities that are null", async () => {
    await same("{ shelves { label similar { top quote { amount } weight } } }");
  });
  test("from an entity that its own subgraph has in hand already", async () => {
    await same("{ best { label hint similar { label maker { country } } } }");
  });
  test("random operations", async () => {
    await expectSameForRandomOperations(federation);
  });
});
