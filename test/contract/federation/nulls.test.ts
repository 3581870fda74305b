import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { nulls } from "./worlds/nulls";

describe("nulls and errors", () => {
  const federation = federate(nulls);
  const same = (source: string) => expectSame(federation, source);

  test("a non-null field of another subgraph that comes back null takes its parent with it", async () => {
    const { data } = await same("{ nodes { id label } }");
    expect(data).toEqual({ nodes: [{ id: "a", label: "A" }, null, { id: "c", label: "C" }, null] });
  });
  test("up to the nearest place that may be null: lists, lists of lists, the whole answer", async () => {
    await same("{ loose { label } }");
    await same('{ node(id: "c") { kids { label } may } }');
    expect((await same("{ strict { label } }")).data).toBeNull();
  });
  test("elements of lists", async () => {
    await same("{ nodes { tags } }");
    await same('{ nodes { id } node(id: "a") { grid } }');
  });
  test("a field that fails, here and in another subgraph", async () => {
    await same("{ nodes { failing may } }");
    await same("{ nodes { fails } }");
    await same('{ node(id: "a") { next { id } broken } other: node(id: "c") { broken fails } }');
    await same("{ root sure { id } }");
  });
  test("a non-null object whose own non-null field failed", async () => {
    await same("{ nodes { must { label } } }");
    await same("{ nodes { id next { must { id } } } }");
  });
  test("values without a key below entities, and entities below them again", async () => {
    await same("{ nodes { inner { value deep { id never } } inners { deep { node { label } } } } }");
  });
  test("members of a union", async () => {
    await same("{ nodes { any { ... on Other { must } ... on Inner { value deep { id } } } } }");
  });
  test("@requires of a field that failed, and one that gives null where it may not", async () => {
    await same("{ nodes { id needs } }");
  });
  test("random operations", async () => {
    await expectSameForRandomOperations(federation);
  });
});
