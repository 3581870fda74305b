import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { requiredArguments } from "./worlds/required-arguments";

describe("@requires with arguments", () => {
  const federation = federate(requiredArguments);
  const same = (source: string) => expectSame(federation, source);

  test("two fields of one request require the same field with different arguments: each gets its own", async () => {
    const { data, sent } = await same('{ shelter(id: "s1") { euro dollar sterling } }');
    expect(data).toEqual({ shelter: { euro: 60, dollar: 100, sterling: 70 } });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(["housing", "funding", "funding", "funding"]);
  });
  test("fields that agree share one request", async () => {
    const { sent } = await same('{ shelter(id: "s1") { euro both week } }');
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(["housing", "funding"]);
  });
  test("the order of arguments makes no difference of them", async () => {
    const { sent } = await same('{ shelter(id: "s1") { dollar grown } }');
    expect(sent).toHaveLength(2);
  });
  test("inside objects, and further inside with none", async () => {
    await same("{ shelters { week month } }");
  });
  test("through an interface", async () => {
    await same("{ shelters { locked unlocked place { ... on House { rooms } } } }");
  });
  test("beside what the client asks of the same field", async () => {
    await same(
      '{ shelters { euro rate dollar other: rate(currency: "USD", nights: 9) region { wait near { wait(days: 3) } } month } }',
    );
  });
  test("a field with arguments that itself requires another with arguments", async () => {
    await same("{ shelters { half third grant(share: 5) } }");
  });
  test("from the subgraph that requires, there and back, and in nested lists", async () => {
    await same("{ funded { euro dollar sisters { sterling euro sisters { month week } } } }");
  });
  test("after a mutation, which is done once", async () => {
    const { sent } = await same('mutation { open(id: "s2") { euro dollar sterling } }');
    expect(sent.filter(({ query }) => query.startsWith("mutation"))).toHaveLength(1);
  });
  test("random operations", async () => {
    await expectSameForRandomOperations(federation);
  });
});
