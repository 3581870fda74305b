import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { args } from "./worlds/arguments";

describe("arguments, variables and scalars", () => {
  const federation = federate(args);
  const same = (source: string, variables = {}) => expectSame(federation, source, variables);

  test("literals, presets and what is left out", async () => {
    await same(
      '{ thing(id: "t1") { told(count: 3, ratio: 0.5) bare: told nothing: told(text: null) search } }',
    );
  });
  test("variables go to the subgraph that uses them, and to no other", async () => {
    const { sent } = await same(
      'query ($text: String, $filter: Filter!) { thing(id: "t1") { told(text: $text) search(filter: $filter) } }',
      { text: "one's", filter: { text: "two's" } },
    );
    expect(sent[0]).toMatchObject({ subgraph: "one", variables: { text: "one's" } });
    expect(sent[0]!.variables).not.toHaveProperty("filter");
    expect(sent[1]!.variables).not.toHaveProperty("text");
  });
  test("a variable that was not given, was given as null, or has a preset", async () => {
    const source = `query ($a: String, $b: Int = 5, $c: Sort) {
      thing(id: "t2") { told(text: $a, count: $b) due(sort: $c) }
    }`;
    await same(source);
    await same(source, { a: null, b: null, c: null });
    await same(source, { a: "a", b: 2, c: "DOWN" });
  });
  test("input objects in lists in input objects, with presets inside", async () => {
    await same(
      `query ($inner: Inner!, $all: All, $by: [[Sort!]]) {
        a: told(all: { inner: $inner, list: [{ id: 5, deeper: $inner }] }, by: [[UP], null, []])
        b: told(all: $all, by: $by)
      }`,
      { inner: { id: "x", deeper: { id: 7 } }, all: { need: true, list: { id: 1 } }, by: "UP" },
    );
  });
  test("the same field with different arguments, under aliases", async () => {
    await same(
      '{ thing(id: "t1") { a: search(filter: { text: "a" }) b: search near(ids: ["t2"]) { c: told(text: "c") told } } }',
    );
  });
  test("custom scalars of any form, and numbers at their limits", async () => {
    await same('{ things { blob score big since(date: "2026-02-03") } }');
  });
  test("text that must be escaped on its way", async () => {
    await same(
      'query ($t: String) { thing(id: "t1") { told(text: $t) x: told(text: "\\"\\\\\\n\\u2028{}$") } }',
      {
        t: '"\\\n\u2028\u0000{}$ é 😀',
      },
    );
  });
  test("random operations", async () => {
    await expectSameForRandomOperations(federation);
  });
});
