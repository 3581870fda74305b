import { expectSame, federate } from "./harness";
import { entities } from "./worlds/entities";
import { requires } from "./worlds/requires";

describe("@skip and @include", () => {
  const federation = federate(entities);
  const all = async (source: string, names: readonly string[]) => {
    for (let bits = 0; bits < 2 ** names.length; bits++) {
      const variables = Object.fromEntries(names.map((name, i) => [name, (bits & (1 << i)) !== 0]));
      await expectSame(federation, source, variables);
    }
  };

  test("on a leaf, and on a whole subgraph's branch", async () => {
    const source = 'query ($a: Boolean!) { person(id: "p1") { name @skip(if: $a) age @include(if: $a) id } }';
    await all(source, ["a"]);
    const { sent } = await expectSame(federation, source, { a: false });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(["people"]);
  });
  test("one field asked for twice, under different conditions", async () => {
    await all(
      'query ($a: Boolean!, $b: Boolean!) { person(id: "p1") { age @include(if: $a) id age @include(if: $b) } }',
      ["a", "b"],
    );
  });
  test("both on one field", async () => {
    await all(
      'query ($a: Boolean!, $b: Boolean!) { person(id: "p1") { id badge @include(if: $a) @skip(if: $b) { number } } }',
      ["a", "b"],
    );
  });
  test("on fragments, inline and named, inside each other", async () => {
    await all(
      `query ($a: Boolean!, $b: Boolean!, $c: Boolean!) {
        people { id ...F @include(if: $a) ... on Person @skip(if: $b) { boss { id ...F @skip(if: $c) } } }
      }
      fragment F on Person { age badge @include(if: $b) { colour } }`,
      ["a", "b", "c"],
    );
  });
  test("literals and presets", async () => {
    await all(
      "query ($a: Boolean = true) { people { id @include(if: $a) name @skip(if: true) age @include(if: true) } }",
      ["a"],
    );
    await expectSame(
      federation,
      "query ($a: Boolean = true) { people { id @include(if: $a) } teams { code } }",
    );
  });
  test("at the root", async () => {
    await all(
      `query ($a: Boolean!, $b: Boolean!) {
        people @include(if: $a) { age } teams @skip(if: $a) { title } ... @include(if: $b) { badges { number } } __typename
      }`,
      ["a", "b"],
    );
  });
  test("inside each other: an object stays though all that was asked of it is left out", async () => {
    await all("query ($a: Boolean!, $b: Boolean!) { badges @skip(if: $a) { holder @skip(if: $b) { id } } }", [
      "a",
      "b",
    ]);
    await all("query ($a: Boolean!) { badges @skip(if: $a) { ... on Badge @skip(if: true) { number } } }", [
      "a",
    ]);
  });
  test("beside @requires: what is left out keeps nothing else from being asked for", async () => {
    const products = federate(requires);
    for (const a of [true, false]) {
      await expectSame(
        products,
        "query ($a: Boolean!) { products { quote @include(if: $a) { amount } volume weight @skip(if: $a) } }",
        { a },
      );
    }
  });
  test("on introspection", async () => {
    await all(
      'query ($a: Boolean!) { __type(name: "Org") @include(if: $a) { name fields @skip(if: $a) { name } } people { id } }',
      ["a"],
    );
  });
});
