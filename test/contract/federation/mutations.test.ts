import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { mutations } from "./worlds/mutations";

describe("mutations", () => {
  const federation = federate(mutations);
  const same = (source: string, variables = {}) => expectSame(federation, source, variables);

  test("run one after the other, across subgraphs, in the order asked for", async () => {
    const { data } = await same(
      `mutation {
        a: addLeft(text: "1") { log } b: addRight(text: "2") { id amount } c: addLeft(text: "3") { log owner }
      }`,
    );
    expect(data).toMatchObject({ a: { log: ["left 1"] }, c: { log: ["left 1", "right 2", "left 3"] } });
  });
  test("what one returns is fetched to the end before another subgraph's begins", async () => {
    await same(
      "mutation { setLeft(input: { amount: 9 }) { twice } addRight { amount log } clear x: addLeft { log } }",
    );
  });
  test("the same one several times, each time anew", async () => {
    await same("mutation { a: addLeft { log } b: addLeft { log } c: clear d: addLeft { log } }");
  });
  test("a field with @requires sees what its own mutation wrote", async () => {
    await same(
      "mutation ($i: SetLeft!) { one: setLeft(input: $i) { twice } two: setLeft(input: {}) { twice amount } }",
      {
        i: { amount: 21 },
      },
    );
  });
  test("one that fails keeps nothing from running that is asked for after it", async () => {
    const { data } = await same(
      'mutation { addRight(text: "1") { id } failLeft addLeft(text: "2") { log owner } }',
    );
    expect(data).toMatchObject({ failLeft: null, addLeft: { log: ["right 1", "left 2"] } });
  });
  test("one that fails and may not be null", async () => {
    await same("mutation { addLeft { log } failRight }");
  });
  test("one left out by @skip or @include does not run", async () => {
    const source =
      "mutation ($no: Boolean!) { a: addLeft @include(if: $no) { id } b: addRight @skip(if: $no) { log } clear }";
    await same(source, { no: false });
    await same(source, { no: true });
  });
  test("one left out inside a fragment that may be left out does not run either", async () => {
    const source = `mutation ($no: Boolean!) { addLeft { id } ...F @skip(if: $no) }
      fragment F on Mutation { failRight @include(if: false) addRight { twice } }`;
    await same(source, { no: false });
    await same(source, { no: true });
  });
  test("of one subgraph too, what one returns is fetched to the end before the next begins", async () => {
    const { data } = await same('mutation { a: addLeft(text: "1") { seen } b: addLeft(text: "2") { seen } }');
    expect(data).toEqual({ a: { seen: "left 1" }, b: { seen: "left 1,left 2" } });
  });
  test("random operations", async () => {
    await expectSameForRandomOperations(federation);
  });
});
