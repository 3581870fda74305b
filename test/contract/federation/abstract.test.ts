import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { abstract } from "./worlds/abstract";

describe("interfaces and unions", () => {
  const federation = federate(abstract);
  const same = (source: string) => expectSame(federation, source);

  test("an interface's own fields, which each implementer has from elsewhere", async () => {
    await same("{ feed { __typename id title } }");
    await same("{ top { count ... on Film { title } ... on Song { beats label } ... on Book { pages } } }");
  });
  test("fields of one implementer, known to another subgraph", async () => {
    await same("{ feed { ... on Book { price label } ... on Film { count } } }");
  });
  test("unions, members without a key among them, in lists of lists", async () => {
    await same("{ search { __typename ... on Tip { text } ... on Actor { fee } ... on Book { count } } }");
    await same("{ matrix { ... on Book { price } ... on Actor { name fee } } }");
  });
  test("a fragment on one abstract type inside another", async () => {
    await same("{ feed { ... on Priced { price label } ... on Countable { count } } }");
    await same("{ search { ... on Node { id } ... on Media { title } ... on Priced { price } } }");
    await same(
      "{ offers { item { ... on Media { title } ... on Priced { price ... on Song { beats } } } } }",
    );
  });
  test("a member that this subgraph's union does not have", async () => {
    await same("{ offers { item { ... on Song { beats count } ... on Book { pages } } priced { label } } }");
    await same(
      "{ shelves { any { ... on Box { lid } ... on Book { price } } all { size ... on Bag { cloth } } } }",
    );
  });
  test("only __typename of something abstract", async () => {
    await same(
      "{ feed { __typename } kinds: search { kind: __typename } shelves { first { t: __typename } } }",
    );
  });
  test("fragments that fit nothing that came", async () => {
    await same(
      "{ feed { ... on Film { minutes } } nodes { ... on Actor { played { ... on Song { beats } } } } }",
    );
  });
  test("entities reached through entities, abstract on each step", async () => {
    await same(
      `{ media(id: "b2") { ... on Book { sequel { title ... on Book { sequel { id ... on Film { count cast { fee played {
          ... on Book { related { __typename ... on Song { count } ... on Book { title } } } } } } } } } } } }`,
    );
  });
  test("the same field in many fragments, selections merged, first use deciding the order", async () => {
    await same(
      `{ feed { ... on Book { sequel { id } } ...A title ... on Book { sequel { title } pages } } }
       fragment A on Media { id ... on Book { price sequel { ... on Film { count } } } }`,
    );
  });
  test("members whose keys have one name and different types", async () => {
    await same("{ odd { ... on Stamp { colour } ... on Coin { metal } ... on Shelf { songs { beats } } } }");
    await same("{ odd { __typename ... on Stamp { number colour } ... on Coin { metal } } }");
  });
  test("random operations", async () => {
    await expectSameForRandomOperations(federation);
  });
});
