import { printSchema } from "graphql";
import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { ownership } from "./worlds/ownership";

describe("who answers a field, and who is told of it", () => {
  const federation = federate(ownership);
  const same = (source: string, variables = {}) => expectSame(federation, source, variables);

  test("@shareable: either subgraph, without a second request", async () => {
    const { sent } = await same("{ fresh { name label(style: SHORT) place { x } } version }");
    expect(sent).toHaveLength(1);
    expect(
      (await same("{ fresh { place { x y z } } items { place { z y x } } }")).sent.length,
    ).toBeGreaterThan(1);
  });
  test("@override: the new owner is asked, the old one never", async () => {
    const { sent } = await same('{ item(id: "i1") { price } }');
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(["old", "new"]);
  });
  test("@inaccessible: fields, types, arguments, enum values and input fields are not in the API", async () => {
    const api = printSchema(federation.apiSchema);
    for (const gone of ["hidden", "vault", "Vault", "LOST", "LONG", "onlyOld", "secret", "Blob"]) {
      expect(api).not.toMatch(new RegExp(`\\b${gone}\\b`));
    }
    const { data } = await same(
      '{ __type(name: "Item") { fields { name args { name } } } gone: __type(name: "Vault") { name } }',
    );
    expect(JSON.stringify(data)).not.toContain("hidden");
  });
  test("@inaccessible: a hidden enum value comes back null, with an error", async () => {
    const { data, errors } = await same("{ items { id state } }");
    expect(data).toMatchObject({ items: [{ state: "NEW" }, { state: null }, { state: null }] });
    expect(errors).toMatchObject([{ path: ["items", 1, "state"] }]);
  });
  test("@override from a subgraph that is not there changes nothing", async () => {
    await same("{ owners { name } fresh { owner { name } } }");
  });
  test("a root field of two subgraphs: asked of one when one knows all, joined when not", async () => {
    expect((await same("{ items { id state } }")).sent).toHaveLength(1);
    await same("query ($f: Filter) { items(filter: $f) { state owner { name } } }", {
      f: { first: 1, state: "NEW" },
    });
  });
  test("enums and inputs used for arguments are what all subgraphs accept", async () => {
    const { data } = await same(
      '{ __type(name: "Filter") { inputFields { name } } style: __type(name: "Style") { enumValues { name } } }',
    );
    expect(data).toEqual({
      __type: { inputFields: [{ name: "state" }, { name: "first" }] },
      style: { enumValues: [{ name: "SHORT" }] },
    });
  });
  test("random operations", async () => {
    await expectSameForRandomOperations(federation);
  });
});
