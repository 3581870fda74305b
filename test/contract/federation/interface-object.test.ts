import { expectSame, federate } from "./harness";
import { expectSameForRandomOperations } from "./operations";
import { interfaceObject } from "./worlds/interface-object";

describe("@interfaceObject and keyed interfaces", () => {
  const federation = federate(interfaceObject);
  const same = (source: string) => expectSame(federation, source);

  test("fields that an interface object adds, on the interface and on its implementers", async () => {
    await same("{ accounts { id balance } }");
    await same("{ users { balance age } accounts { ... on Robot { balance model } ... on User { email } } }");
  });
  test("without asking who it really is", async () => {
    await same("{ debtors { id } richest { balance limit } ledger { rows { cap } } }");
  });
  test("from the interface object to who it really is", async () => {
    await same("{ debtors { __typename balance } }");
    await same("{ richest { name ... on User { age manager { name } } ... on Robot { model } } }");
  });
  test("only __typename, which the interface object cannot know", async () => {
    await same("{ debtors { __typename } richest { t: __typename } ledger { rows { __typename } } }");
  });
  test("@requires of an interface's field, from the interface and from another interface object", async () => {
    await same("{ accounts { name limit cap } debtors { limit name cap } }");
  });
  test("an interface object inside entities, lists of lists and unions", async () => {
    await same("{ ledger { rows { id name limit } any { ... on Note { text about { name balance } } } } }");
    await same('{ account(id: "2") { invoices { number payer { name balance ... on User { email } } } } }');
  });
  test("a fragment on an implementer that is not the one that came", async () => {
    await same("{ debtors { ... on Robot { model balance } } richest { ... on Robot { cap } } }");
  });
  test("who it really is stays known when an interface object tells more of it", async () => {
    await same("{ accounts { debtOf { ... on Robot { limit model } } } }");
  });
  test("random operations", async () => {
    // The planner makes a circle of some @requires between interface objects, and says so.
    await expectSameForRandomOperations(federation, /would create a cycle/);
  });
});
