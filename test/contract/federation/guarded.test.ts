import fc from "fast-check";
import {
  TypeInfo,
  isInterfaceType,
  isObjectType,
  parse,
  print,
  validateSchema,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { grantedTo } from "../../../policy/granted";
import { ROLES } from "../../../policy/matrix";
import { viewOf } from "../../../gateway/authorization/view";
import type { ScopeSet } from "../../../gateway/engine/engine";
import { explainedNulls } from "./errors";
import { federate, type Federation, type Sent } from "./harness";
import { forRandomOperations, type RandomOperation } from "./operations";
import { SCOPES, guarded } from "./worlds/guarded";
import { hub } from "./worlds/hub";

const scopeSet = (scopes: Iterable<string>): ScopeSet => {
  const sorted = [...new Set(scopes)].sort();
  return { key: sorted.join(" "), scopes: new Set(sorted) };
};

/** Introspection answers each role from its own view, which the monolith does not have, and which lists what it shows. */
const introspects = ({ source }: RandomOperation) => /__schema|__type\(/.test(source);

/** Every coordinate that a request to a subgraph asks for, as the API has it. */
function coordinatesOf({ subgraphs, apiSchema }: Federation, { subgraph, query }: Sent): string[][] {
  const { schema } = subgraphs.get(subgraph)!;
  const found: string[][] = [];
  const types = new TypeInfo(schema);
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field: ({ name: { value } }) => {
        const parent = types.getParentType()!;
        if (value.startsWith("_")) return;
        const whole = apiSchema.getType(parent.name);
        // An interface object stands for those of its implementers that were sent to it.
        const isInterfaceObject = isObjectType(parent) && isInterfaceType(whole);
        const of = isInterfaceObject ? apiSchema.getPossibleTypes(whole) : [parent];
        found.push(of.map(({ name }) => `${name}.${value}`));
      },
    }),
  );
  return found;
}

/** Where the smaller answer says something that the larger does not say in the same place. */
function beyond(small: unknown, large: unknown, at = "data"): string[] {
  if (small === null || small === undefined) return [];
  if (Array.isArray(small)) {
    if (!Array.isArray(large) || large.length !== small.length) return [at];
    return small.flatMap((one, n) => beyond(one, large[n], `${at}.${n}`));
  }
  if (typeof small === "object") {
    if (typeof large !== "object" || large === null) return [at];
    const of = large as Record<string, unknown>;
    return Object.entries(small).flatMap(([key, value]) => beyond(value, of[key], `${at}.${key}`));
  }
  return small === large ? [] : [at];
}

function holdsForSubsets(
  name: string,
  federation: Federation,
  more: fc.Arbitrary<[string[], string[]]>,
): void {
  test(`${name}: with less scopes nothing is said that more do not say`, async () => {
    const check = async (operation: RandomOperation, [some, others]: [string[], string[]]) => {
      fc.pre(!introspects(operation));
      const { source, variables } = operation;
      const small = await federation.run(source, variables, scopeSet(some));
      const large = await federation.run(source, variables, scopeSet([...some, ...others]));
      const told = { some, others, source, variables };
      expect({ ...told, beyond: beyond(small.engine.data, large.engine.data) }).toEqual({
        ...told,
        beyond: [],
      });
    };
    await forRandomOperations(federation, more, check);
  });
}

describe("a world in which everything asks for something else", () => {
  const federation = federate(guarded);
  const someOf = fc.subarray([...SCOPES]);

  test("random operations with random scopes: what is left is what the open engine says, what is cut is asked of nobody", async () => {
    const check = async (operation: RandomOperation, some: string[]) => {
      fc.pre(!introspects(operation));
      const { source, variables } = operation;
      const scopes = scopeSet(some);
      const { engine, monolith, sent } = await federation.run(source, variables, scopes);
      const told = { some, source, variables, engine: engine.errors, sent };
      expect({ ...told, text: engine.text }).toEqual({ ...told, text: monolith.text });
      const lost = explainedNulls(monolith.data, monolith.errors);
      expect(explainedNulls(engine.data, engine.errors)).toEqual(expect.arrayContaining(lost));

      const maySee = federation.maySeeOf(scopes);
      const asked = sent.flatMap((one) => coordinatesOf(federation, one));
      const permitted = (at: string) => maySee(...(at.split(".") as [string, string]));
      expect(asked.filter((any) => !any.some(permitted))).toEqual([]);
    };
    await forRandomOperations(federation, someOf, check, 2);
  });
  holdsForSubsets("interfaces and unions", federation, fc.tuple(someOf, someOf));

  const UNAUTHORIZED = { extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } };
  const asked = (of: Federation, source: string, scopes: string[]) => of.run(source, {}, scopeSet(scopes));

  test("a field of an interface answers for the types of which it may be seen, and is asked of no other", async () => {
    const { engine, sent } = await asked(federation, "{ sure { id note } }", []);
    expect(engine.data).toEqual({
      sure: [
        { id: "b1", note: "note b1" },
        { id: "f2", note: null },
      ],
    });
    expect(engine.errors).toEqual([
      expect.objectContaining({ path: ["sure", "@", "note"], ...UNAUTHORIZED }),
    ]);
    expect(sent.map(({ query }) => query).join()).toMatch(
      /on Book ?\{[^}]*note[^}]*\}(?![^]*on Film ?\{[^}]*note)/,
    );
  });
  test("an interface object is sent only the keys of those of whom its field may be seen", async () => {
    const { engine, sent } = await asked(federation, "{ feed { loans } }", ["loans"]);
    expect(engine.data).toEqual({
      feed: [{ loans: 4 }, null, null, { loans: 4 }, { loans: null }, { loans: 4 }],
    });
    const keys = sent.filter(({ subgraph }) => subgraph === "library").map(({ variables }) => variables);
    expect(JSON.stringify(keys)).not.toContain("t1");
  });
  test("an object of a type that may not be seen at all is null, and says so, among others of its interface", async () => {
    const { engine } = await asked(federation, "{ nodes { __typename id } }", []);
    expect(engine.data).toEqual({
      nodes: [{ __typename: "Film", id: "f1" }, { __typename: "Book", id: "b2" }, null],
    });
    expect(engine.errors).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: ["nodes", 2], ...UNAUTHORIZED })]),
    );
  });
  test("a fragment on another implementer, below a field asked of one, asks for nothing", async () => {
    const { sent } = await asked(
      federation,
      "{ feed { by { ... on Studio { name } ... on Writer { name } } } }",
      [],
    );
    expect(sent.flatMap((one) => coordinatesOf(federation, one)).flat()).not.toContain("Studio.name");
  });

  describe("composed by one who wrote nothing on interfaces", () => {
    const stripped = federate(guarded, undefined, (supergraph) =>
      print(
        visit(parse(supergraph), {
          InterfaceTypeDefinition: (type) =>
            visit(type, {
              Directive: ({ name }) => (/known|requiresScopes/.test(name.value) ? null : undefined),
            }),
        }),
      ),
    );
    test("nothing is left on them", () => {
      expect(federation.supergraph).toMatch(/interface Media[^}]*@requiresScopes/);
      expect(stripped.supergraph).not.toMatch(/interface Media[^}]*@requiresScopes/);
    });
    test.each([[[]], [["title"]], [["note", "loans"]], [[...SCOPES]]])(
      "with %j it answers and asks the same",
      async (scopes) => {
        const source =
          "{ feed { id title note loans by { name ... on Writer { born } } } hits { ... on Media { title } } }";
        const [one, other] = [await asked(federation, source, scopes), await asked(stripped, source, scopes)];
        expect([other.engine, other.sent]).toEqual([one.engine, one.sent]);
      },
    );
  });

  test("the view of every set of scopes is a valid schema and shows no field that may not be seen", () => {
    for (const scopes of fc.sample(someOf, { numRuns: 40, seed: 1 })) {
      const maySee = federation.maySeeOf(scopeSet(scopes));
      const view = viewOf(federation.apiSchema, maySee);
      expect({ scopes, faults: validateSchema(view) }).toEqual({ scopes, faults: [] });
      const shown = Object.values(view.getTypeMap()).flatMap((type) =>
        isObjectType(type) && !type.name.startsWith("__")
          ? Object.keys(type.getFields()).map((field) => [type.name, field] as const)
          : [],
      );
      expect(shown.filter(([type, field]) => !maySee(type, field))).toEqual([]);
    }
  });
});

describe("the hub's own schema", () => {
  const scopes = [...new Set(ROLES.flatMap((role) => [...grantedTo([role])]))];
  const byRole = fc.constantFrom(...ROLES).map((role) => [...grantedTo([role])]);
  const someOf = fc.oneof(byRole, fc.subarray(scopes));
  holdsForSubsets("the hub", federate(hub), fc.tuple(someOf, someOf));
});
