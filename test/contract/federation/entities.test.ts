import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { entities } from "./worlds/entities";

describe("entities", () => {
  const federation = federate(entities);
  const same = (source: string) => expectSame(federation, source);

  test("one key: fields of another subgraph join", async () => {
    await same('{ person(id: "p1") { name age } }');
  });
  test("several keys: by the one that the other subgraph knows", async () => {
    const { sent } = await same(
      '{ person(id: "p2") { age badge { number } } badges { holder { name age } } }',
    );
    const keysTo = (subgraph: string) =>
      sent
        .filter((request) => request.subgraph === subgraph)
        .flatMap(({ variables }) => variables?.["representations"] ?? []);
    expect(keysTo("badges")).toEqual([{ __typename: "Person", email: "p2@example.org" }]);
    expect(keysTo("registry")).toContainEqual({ __typename: "Person", id: "p2" });
  });
  test("from one key to another: a subgraph that knows both is asked on the way", async () => {
    const { sent } = await same("{ badges { holder { age } } }");
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(["badges", "people", "registry"]);
  });
  test("composite and nested keys", async () => {
    await same("{ badges { team { title members { name } org { label parent { label } } } } }");
  });
  test("an entity that is only mentioned (resolvable: false)", async () => {
    await same("{ teams { org { label teams { title code } } } }");
  });
  test("a key that is null, and an entity that another subgraph never heard of", async () => {
    const { data } = await same("{ people { passport { code country } age } }");
    expect(data).toMatchObject({ people: [{}, { passport: { code: null, country: null } }, { age: null }] });
  });
  test("lists of lists, with nulls and empty lists at each level", async () => {
    await same(
      "{ table { age } cube { badge { colour } } grid { title rows { age passport { country } } } }",
    );
  });
  test("in circles", async () => {
    await same("{ people { friends { friends { age friends { badge { holder { boss { age } } } } } } } }");
  });
  test("the same entity many times is asked for once", async () => {
    const { sent } = await same("{ people { age friends { age } } table { age } }");
    for (const { variables } of sent) {
      const asked = ((variables?.["representations"] ?? []) as unknown[]).map((one) => JSON.stringify(one));
      expect(asked).toEqual([...new Set(asked)]);
    }
  });
  test("no request at all for an entity that is not there", async () => {
    const { sent } = await same('{ person(id: "nobody") { name age badge { number } } }');
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(["people"]);
  });
  test("random operations", async () => {
    await expectSameForRandomOperations(federation);
  });
});
