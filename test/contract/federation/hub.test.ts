import fc from "fast-check";
import { TypeInfo, parse, visit, visitWithTypeInfo } from "graphql";
import { grantedTo } from "../../../policy/granted";
import { ROLES, type Role } from "../../../policy/matrix";
import { explainedNulls } from "./errors";
import { expectSame, federate, type Sent } from "./harness";
import { expectSameForRandomOperations, forRandomOperations, type RandomOperation } from "./operations";
import { hub } from "./worlds/hub";

/** One operation in three crosses from one agency to another. */
const TIMES = 2;

describe("the hub's own schema", () => {
  const federation = federate(hub);
  const scopesOf = (role: Role) => ({ key: role, scopes: grantedTo([role]) });

  /** Every coordinate that a request to a subgraph asks for. */
  function coordinatesOf({ subgraph, query }: Sent): string[] {
    const found: string[] = [];
    const types = new TypeInfo(federation.subgraphs.get(subgraph)!.schema);
    visit(
      parse(query),
      visitWithTypeInfo(types, {
        Field: ({ name }) => {
          if (!name.value.startsWith("_")) found.push(`${types.getParentType()!.name}.${name.value}`);
        },
      }),
    );
    return found;
  }

  test("every value has its place: one person across three agencies", async () => {
    const { sent } = await expectSame(
      federation,
      `{ person(id: "person-3") { identity { familyName } needs { kind }
         cases { id assignedAgency client { id } person { id engaged } } } }`,
    );
    expect(new Set(sent.map(({ subgraph }) => subgraph))).toEqual(new Set(Object.keys(hub.subgraphs)));
  });
  test("persons and cases that nobody knows, or one agency does not", async () => {
    await expectSame(
      federation,
      '{ person(id: "nobody") { id needs { kind } } case(id: "none") { client { id } } }',
    );
    await expectSame(federation, '{ person(id: "person-4") { id engaged custody { status } } }');
    await expectSame(federation, '{ case(id: "case-4") { assignedAgency client { id } person { id } } }');
  });
  test("random operations, everything open", async () => {
    await expectSameForRandomOperations(federation, undefined, TIMES);
  });

  /** An error for what was cut names its place whatever the data, even below a null: more may be explained than is lost. */
  test("random operations of random roles: what a role may not see is null, says so, and is asked of nobody", async () => {
    const check = async ({ source, variables }: RandomOperation, role: Role) => {
      // Introspection answers each role from its own view, which the monolith does not have.
      fc.pre(!/__schema|__type\(/.test(source));
      const scopes = scopesOf(role);
      const { engine, monolith, sent } = await federation.run(source, variables, scopes);
      const told = { role, source, variables, engine: engine.errors, sent };
      expect({ ...told, text: engine.text }).toEqual({ ...told, text: monolith.text });

      const lost = explainedNulls(monolith.data, monolith.errors);
      expect(explainedNulls(engine.data, engine.errors)).toEqual(expect.arrayContaining(lost));
      const notOfRole = engine.errors.filter(({ message }) => message !== "Unauthorized field or type.");
      expect(lost).toEqual(expect.arrayContaining(explainedNulls(engine.data, notOfRole)));

      const maySee = federation.maySeeOf(scopes);
      const asked = sent.flatMap(coordinatesOf);
      expect(asked.filter((at) => !maySee(...(at.split(".") as [string, string])))).toEqual([]);
    };
    await forRandomOperations(federation, fc.constantFrom(...ROLES), check, TIMES);
  });
});
