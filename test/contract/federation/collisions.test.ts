import { expectSame, federate } from "./harness";
import { entities } from "./worlds/entities";
import { nulls } from "./worlds/nulls";
import { requires } from "./worlds/requires";

/** A client's alias that is also the name of a field which the plan fetches by itself. */
describe("aliases named like keys and required fields", () => {
  const people = federate(entities);
  const products = federate(requires);

  test("of what no plan needs", async () => {
    await expectSame(people, "{ people { colour: name title: email age } }");
  });
  test("of a key: which entity a subgraph is asked for is not the client's to choose", async () => {
    await expectSame(people, "{ people { id: name age } }");
    await expectSame(people, "{ badges { holder { email: name badge { number: colour } } } }");
    await expectSame(
      people,
      "{ teams { org: code title parent: org { id: label } rows { id: email age } } }",
    );
  });
  test("of a key, fetched from elsewhere", async () => {
    const { data } = await expectSame(people, "{ people { id: age } }");
    expect(data).toMatchObject({ people: [{}, {}, { id: null }] });
  });
  test("of a required field: what a subgraph is told is not the client's to choose", async () => {
    await expectSame(products, "{ products { price: name size: sku cost volume weight: volume } }");
    await expectSame(products, "{ best { pairs: name label mid: base top } }");
    await expectSame(products, "{ products { maker { rate: country country: id } duty } }");
  });
  test("a required field with arguments of the client's, beside the one that is required", async () => {
    await expectSame(products, "{ products { label cost(express: true) } }");
  });
  test("of __typename, on entities and on members of a union", async () => {
    await expectSame(people, "{ people { __typename: name age } }");
    await expectSame(
      products,
      "{ products { extra { __typename: __typename ... on Book { k: __typename } } hint } }",
    );
    await expectSame(
      products,
      "{ products { extra { ... on Book { __typename: shared pages } ... on Toy { age } } } }",
    );
  });
  test("in the path of an error, where the client's own name stands", async () => {
    const { errors } = await expectSame(federate(nulls), "{ strict: nodes { id: failing name: fails } }");
    expect(errors.map(({ path }) => path)).toContainEqual(["strict", 0, "id"]);
    expect(errors.map(({ path }) => path)).toContainEqual(["strict", 1, "name"]);
  });
});
