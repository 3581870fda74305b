import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { naming } from "./worlds/naming";

describe("names, aliases and order", () => {
  const federation = federate(naming);
  const same = (source: string) => expectSame(federation, source);

  test("federation 1: extended types, external keys, @requires and @provides", async () => {
    await same("{ users { shout posts { author { name length } likes } } }");
  });
  test("federation's directives under other names", async () => {
    await same("{ me { whisper toString { then size } } }");
  });
  test("fields that every object inherits", async () => {
    await same(
      "{ constructor { prototype then data errors { valueOf length toString { size } } } hasOwnProperty }",
    );
  });
  test("aliases that every object inherits", async () => {
    const { text } = await same("{ __proto__: me { __proto__: name constructor: shout toString: length } }");
    expect(text).toBe('{"__proto__":{"__proto__":"User u1","constructor":"USER U1","toString":3}}');
  });
  test("keys stand in the order they were asked for, whichever subgraph is faster", async () => {
    const { text } = await same("{ me { whisper length shout id name posts { likes slug } } }");
    expect(text).toMatch(/whisper.*length.*shout.*id.*name.*posts.*likes.*slug/);
  });
  test("fragments stand where they are first used, and what they repeat where it was first", async () => {
    await same(
      "{ me { length ...F shout ... { name whisper } } } fragment F on User { shout id ...G } fragment G on User { length name }",
    );
  });
  test("__typename under aliases, several times, at the root", async () => {
    await same("{ t: __typename me { a: __typename shout b: __typename } __typename }");
    expect((await same("{ __typename }")).sent).toEqual([]);
  });
  test("the same field under many aliases, some across subgraphs", async () => {
    await same("{ a: me { x: shout y: shout shout } b: me { x: name z: whisper } }");
  });
  test("an answer is read as the operation's names say, whatever words of the protocol they are", async () => {
    await same("{ data: constructor { errors: data extensions: size } errors: users { data: name } }");
  });
  test("introspection mixed with data", async () => {
    await same(
      `{ __schema { queryType { name } } me { shout } type: __type(name: "User") { fields { name type { name } } } users { id } }`,
    );
    await same("{ ...S me { id } } fragment S on Query { __schema { types { name kind } } }");
  });
  test("random operations", async () => {
    await expectSameForRandomOperations(federation);
  });
});
