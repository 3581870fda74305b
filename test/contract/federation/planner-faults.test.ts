import { expectSame, federate } from "./harness";
import type { Fact, World } from "./world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@interfaceObject"])`;

const item: Fact = { __typename: "Item", id: "i", size: 4 };

/** Each field is made of the one before, in three subgraphs by turns. */
const turns: World = {
  subgraphs: {
    a: `${LINK}
      type Query { item: Item }
      type Item @key(fields: "id") { id: ID!  size: Int }
    `,
    b: `${LINK}
      type Query { best: Item }
      type Item @key(fields: "id") {
        id: ID!  size: Int @external  third: Int @external
        second: Int @requires(fields: "size")
        fourth: Int @requires(fields: "third")
      }
    `,
    c: `${LINK}
      type Item @key(fields: "id") { id: ID!  second: Int @external  third: Int @requires(fields: "second") }
    `,
  },
  facts: () => [item],
  fields: {
    "Query.item": () => item,
    "Query.best": () => item,
    "Item.second": ({ size }: { size: number }) => size + 1,
    "Item.third": ({ second }: { second: number }) => second * 2,
    "Item.fourth": ({ third }: { third: number }) => third + 5,
  },
};

const accounts = [
  { __typename: "Robot", id: "1", name: "R", model: "R2", balance: 10 },
  { __typename: "User", id: "2", name: "U", balance: 20 },
];

const account: World = {
  subgraphs: {
    accounts: `${LINK}
      type Query { named: [Named!] }
      interface Named { name: String }
      interface Account @key(fields: "id") { id: ID!  name: String }
      type User implements Account & Named @key(fields: "id") { id: ID!  name: String }
      type Robot implements Account & Named @key(fields: "id") { id: ID!  name: String  model: String }
    `,
    billing: `${LINK}
      type Query { debtors: [Account] }
      type Account @key(fields: "id") @interfaceObject {
        id: ID!  balance: Int  name: String @external  greeting: String @requires(fields: "name")
      }
    `,
    limits: `${LINK}
      type Account @key(fields: "id") @interfaceObject {
        id: ID!  greeting: String @external  card: String @requires(fields: "greeting")
      }
    `,
  },
  facts: () => accounts,
  fields: {
    "Query.named": () => accounts,
    "Query.debtors": () => accounts,
    "Account.greeting": ({ name }: { name: string }) => `Hello ${name}`,
    "Account.card": ({ greeting }: { greeting: string }) => `Card: ${greeting}`,
  },
};

/**
 * Wrong or impossible plans of @apollo/query-planner 2.14.4. The day one passes, it is no fault any more. The first two say
 * nothing of it: `npm run generate` refuses what leads to them (planning-hazards.test.ts). The others end in an error.
 */
describe("what the planner gets wrong", () => {
  const items = federate(turns);
  const people = federate(account);

  test("one turn less is planned well", async () => {
    await expectSame(items, "{ item { second third } }");
    await expectSame(people, "{ debtors { id balance name greeting } }");
  });
  test.failing(
    "a requirement of a requirement in the same subgraph is asked for without its own",
    async () => {
      await expectSame(items, "{ item { fourth } }");
    },
  );
  test.failing("the same, when that subgraph has the entity in hand", async () => {
    await expectSame(items, "{ best { third } }");
  });
  test.failing("@requires of one interface object on a field of another: no plan at all", async () => {
    await expectSame(people, "{ debtors { card } }");
  });
  test.failing("a fragment on another interface inside an interface object: no plan at all", async () => {
    await expectSame(people, "{ debtors { ... on Named { name } } }");
  });
  test.failing(
    "a requirement of one implementer is asked for of the others too, without their key",
    async () => {
      await expectSame(people, "{ debtors { ... on Robot { greeting } } }");
    },
  );
});
