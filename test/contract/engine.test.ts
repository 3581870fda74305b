import type { AskSubgraph } from "../../gateway/engine/subgraph-client";
import { type Sent, harness, ALL } from "./engine-harness";

describe("the engine", () => {
  test("joins an entity's fields from two subgraphs, in the order the client asked for", async () => {
    const { run } = harness();
    const { text, errors } = await run('{ person(id: "p1") { needs { kind } called: name id } }', ALL);
    expect(errors).toEqual([]);
    expect(text).toBe('{"person":{"needs":[{"kind":"work"}],"called":"Ada Moss","id":"p1"}}');
  });

  test("asks for each entity once, however often it stands in the answer", async () => {
    const { run, sent } = harness();
    const { data } = await run(
      "{ people { id needs { person { name needs { kind } } } } again: people { needs { kind } } }",
      ALL,
    );
    expect(data).toMatchObject({
      people: [{ id: "p1", needs: [{ person: { name: "Ben Lund", needs: [] } }] }, {}],
    });
    const representations = sent.map((s) => s.body.variables.representations ?? []);
    for (const list of representations)
      expect(new Set(list.map((r) => JSON.stringify(r))).size).toBe(list.length);
  });

  test("gives a field with @requires what it requires", async () => {
    const { run } = harness();
    const { data } = await run("{ people { advice } }", ALL);
    expect(data).toEqual({ people: [{ advice: "p1 at B" }, { advice: "p2 at C" }] });
  });

  test("cuts what the caller may not see before planning: null, an error with its path, and no request for it", async () => {
    const { run, sent } = harness();
    const { data, errors } = await run("{ people { id name level } }", ["level"]);
    expect(data).toEqual({
      people: [
        { id: "p1", name: null, level: "B" },
        { id: "p2", name: null, level: "C" },
      ],
    });
    expect(errors).toEqual([
      {
        message: "Unauthorized field or type.",
        path: ["people", "@", "name"],
        extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" },
      },
    ]);
    expect(sent.map((s) => s.body.query).join()).not.toContain("name");
  });

  test("does not run a mutation that is cut", async () => {
    const { run, sent } = harness();
    const { data, errors } = await run('mutation { rename(id: "p1", name: "X") { id } }', ["name"]);
    expect(data).toEqual({ rename: null });
    expect(errors[0]).toMatchObject({ path: ["rename"], extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } });
    expect(sent).toEqual([]);
  });

  test("keeps an object whose fields were all cut", async () => {
    const { run } = harness();
    const { data } = await run("{ people { name } notice { __typename ... on Visit { place } } }", []);
    expect(data).toEqual({
      people: [{ name: null }, { name: null }],
      notice: { __typename: "Visit", place: null },
    });
  });

  test("never lets one scope set have the plan of another", async () => {
    const { run } = harness();
    const source = '{ person(id: "p1") { name level } }';
    const seen = [];
    for (const scopes of [ALL, ["name"], ["level"], ALL]) seen.push((await run(source, scopes)).data);
    expect(seen).toEqual([
      { person: { name: "Ada Moss", level: "B" } },
      { person: { name: "Ada Moss", level: null } },
      { person: { name: null, level: "B" } },
      { person: { name: "Ada Moss", level: "B" } },
    ]);
  });

  test("follows @skip and @include with the variables of each request", async () => {
    const { run } = harness();
    const source =
      'query ($more: Boolean!) { person(id: "p2") { id name @include(if: $more) needs @skip(if: $more) { kind } } }';
    expect((await run(source, ALL, { more: true })).data).toEqual({ person: { id: "p2", name: "Ben Lund" } });
    expect((await run(source, ALL, { more: false })).data).toEqual({ person: { id: "p2", needs: [] } });
  });

  test("lets a client call a variable as the planner calls its own", async () => {
    const { run } = harness();
    const source =
      'query ($representations: String) { person(id: "p1") { needs(kind: $representations) { kind } } }';
    expect((await run(source, ALL, { representations: "housing" })).data).toEqual({
      person: { needs: [{ kind: "housing" }] },
    });
    const both = `query ($representations: String, $representations_: String) {
      person(id: "p1") { needs(kind: $representations) { kind } other: needs(kind: $representations_) { kind } } }`;
    expect((await run(both, ALL, { representations: "work", representations_: "food" })).data).toEqual({
      person: { needs: [{ kind: "work" }], other: [{ kind: "food" }] },
    });
  });

  test("still gives the rest of the view when a subgraph is silent", async () => {
    const { run } = harness({ services: async () => ({ kind: "unavailable" }) });
    const { data, errors } = await run("{ people { name needs { kind } } }", ALL);
    expect(data).toEqual({
      people: [
        { name: "Ada Moss", needs: null },
        { name: "Ben Lund", needs: null },
      ],
    });
    expect(errors).toEqual([
      {
        message: "The services agency's server did not answer.",
        path: ["people", "@"],
        extensions: { code: "SUBGRAPH_UNAVAILABLE", subgraph: "services" },
      },
    ]);
  });

  test.each([
    ["no data", null],
    ["data without the field", {}],
  ])("takes %s for a bad response, not for nobody there", async (_title, data) => {
    const { run } = harness({ law: async () => ({ kind: "answered", data, errors: [] }) });
    const { data: seen, errors } = await run('{ person(id: "p1") { name } }', ALL);
    expect(seen).toEqual({ person: null });
    expect(errors).toMatchObject([{ path: ["person"], extensions: { code: "SUBGRAPH_BAD_RESPONSE" } }]);
  });

  test("tells of a refusal of the whole request at each field it asked for", async () => {
    const { run } = harness({
      law: async () => ({
        kind: "answered",
        data: null,
        errors: [{ message: "No.", extensions: { code: "NO" } }],
      }),
    });
    const { errors } = await run('{ person(id: "p1") { name } notice { __typename } }', ALL);
    expect(errors).toMatchObject([{ path: ["person"] }, { path: ["notice"] }]);
  });

  test("takes a wrong number of entities for a bad response, and merges none of them", async () => {
    const { run } = harness({
      services: async () => ({
        kind: "answered",
        data: { _entities: [{ needs: [{ kind: "wrong" }] }] },
        errors: [],
      }),
    });
    const { data, errors } = await run("{ people { id needs { kind } } }", ALL);
    expect(data).toEqual({
      people: [
        { id: "p1", needs: null },
        { id: "p2", needs: null },
      ],
    });
    expect(errors).toMatchObject([{ extensions: { code: "SUBGRAPH_BAD_RESPONSE", subgraph: "services" } }]);
  });

  test("passes a subgraph's error on at the client's own path, without its internals", async () => {
    const { run } = harness({
      services: async () => ({
        kind: "answered",
        data: { _entities: [{ needs: null }, { needs: [] }] },
        errors: [
          {
            message: "Not now.",
            path: ["_entities", 0, "needs"],
            extensions: { code: "BUSY", stacktrace: ["at secret.ts"], sql: "SELECT 1" },
          },
        ],
      }),
    });
    const { errors } = await run("{ people { id needs { kind } } }", ALL);
    expect(errors).toEqual([
      {
        message: "Not now.",
        path: ["people", 0, "needs"],
        extensions: { code: "BUSY", subgraph: "services" },
      },
    ]);
  });

  test("raises a null in a non-null place to the nearest place that may be null", async () => {
    const { run } = harness({
      services: async () => ({
        kind: "answered",
        data: { _entities: [{ needs: [{ kind: null }] }, { needs: [] }] },
        errors: [],
      }),
    });
    const { data, errors } = await run("{ people { id needs { kind } } }", ALL);
    expect(data).toEqual({
      people: [
        { id: "p1", needs: null },
        { id: "p2", needs: [] },
      ],
    });
    expect(errors).toMatchObject([{ path: ["people", 0, "needs", 0, "kind"] }]);
  });

  test("shows introspection of the caller's own view only", async () => {
    const { run } = harness();
    const source = '{ __type(name: "Person") { fields { name } } __schema { mutationType { name } } }';
    expect((await run(source, ["name"])).data).toEqual({
      __type: { fields: [{ name: "id" }, { name: "name" }, { name: "needs" }] },
      __schema: { mutationType: null },
    });
  });

  test("is not harmed by keys that every object inherits", async () => {
    const { run } = harness();
    const { text } = await run(
      '{ person(id: "p1") { __proto__: name constructor: id toString: level } }',
      ALL,
    );
    expect(text).toBe('{"person":{"__proto__":"Ada Moss","constructor":"p1","toString":"B"}}');
    expect(({} as Record<string, unknown>)["p1"]).toBeUndefined();
  });

  describe("prototype pollution", () => {
    /** What a hostile subgraph puts beside what it was asked for, wherever an object may stand. */
    const HOSTILE = `"__proto__": { "polluted": 1, "name": "nobody" }, "constructor": { "prototype": { "polluted": 1 } },
      "toString": "text", "hasOwnProperty": 1`;
    const answering =
      (text: string): AskSubgraph =>
      async () =>
        ({ kind: "answered", errors: [], ...JSON.parse(text) }) as Awaited<ReturnType<AskSubgraph>>;
    const errors = (path: string) =>
      `"errors": [{ ${HOSTILE}, "message": "m", "path": ${path}, "extensions": { ${HOSTILE}, "code": "SOME_CODE" } }]`;
    const before = Object.getOwnPropertyNames(Object.prototype);
    afterEach(() => {
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    });
    const PERSON = `{ ${HOSTILE}, "__typename": "Person", "id": "p1" }`;
    const source = "{ people { id name needs { kind } } again: people { id needs { kind } } }";

    test("in data, root and nested, merged from two subgraphs over each other", async () => {
      const { run } = harness({
        law: answering(`{ "data": { ${HOSTILE}, "people": [${PERSON}], "_0again": [${PERSON}] } }`),
        services: answering(
          `{ "data": { ${HOSTILE}, "_entities": [{ ${HOSTILE}, "needs": [{ ${HOSTILE}, "kind": "food" }] }] } }`,
        ),
      });
      const { text } = await run(source, ALL);
      // A name that only a prototype has is no name.
      expect(JSON.parse(text)).toEqual({
        people: [{ id: "p1", name: null, needs: [{ kind: "food" }] }],
        again: [{ id: "p1", needs: [{ kind: "food" }] }],
      });
    });

    test("in representations: what another subgraph is asked with", async () => {
      let asked = "";
      const { run } = harness({
        law: answering(
          `{ "data": { "people": [{ "__typename": "Person", "id": { ${HOSTILE} } }, ${PERSON}] } }`,
        ),
        services: async ({ body }) => {
          asked = body;
          return { kind: "answered", data: { _entities: [null, null] }, errors: [] };
        },
      });
      await run("{ people { needs { kind } } }", ALL);
      const { variables } = JSON.parse(asked) as Sent["body"];
      expect(Object.keys(variables.representations?.at(-1) as object).sort()).toEqual(["__typename", "id"]);
    });

    test.each([
      '["people", 0, "__proto__", "polluted"]',
      '["__proto__"]',
      '["constructor", "prototype"]',
      "[]",
    ])("in errors and their extensions, at %s", async (path) => {
      const { run } = harness({
        law: answering(`{ "data": { "people": [${PERSON}] }, ${errors(path)} }`),
        services: answering(
          `{ "data": { "_entities": [null] }, ${errors('["_entities", "__proto__", "polluted"]')} }`,
        ),
      });
      const { data, errors: told } = await run("{ people { id needs { kind } } }", ALL);
      expect(JSON.parse(JSON.stringify(data))).toEqual({ people: [{ id: "p1", needs: null }] });
      expect(told.length).toBeGreaterThan(0);
      for (const error of told)
        expect(Object.getPrototypeOf(error.extensions ?? {})).not.toHaveProperty("polluted");
      expect(JSON.stringify(told)).not.toContain('"prototype":{"polluted"');
    });
  });
});
