import type { Fact, World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@interfaceObject"])`;

/** A keyed interface that other subgraphs extend without knowing who implements it. */
export const interfaceObject: World = {
  subgraphs: {
    accounts: `${LINK}
      type Query { accounts: [Account!]!  account(id: ID!): Account  users: [User] }
      interface Account @key(fields: "id") { id: ID!  name: String }
      type User implements Account @key(fields: "id") { id: ID!  name: String  age: Int  manager: Account }
      type Robot implements Account @key(fields: "id") { id: ID!  name: String  model: String }
    `,
    billing: `${LINK}
      type Query { debtors: [Account]  richest: Account  ledger: Ledger }
      type Account @key(fields: "id") @interfaceObject {
        id: ID!
        balance: Int
        debtOf: Account
        invoices: [Invoice!]
      }
      type Invoice @key(fields: "number") { number: Int!  payer: Account! }
      type Ledger { rows: [[Account]!]  any: Entry }
      union Entry = Invoice | Note
      type Note { text: String  about: Account }
    `,
    limits: `${LINK}
      type Account @key(fields: "id") @interfaceObject {
        id: ID!
        balance: Int @external
        limit: Int @requires(fields: "balance")
        cap: Int @requires(fields: "balance")
      }
    `,
    mail: `${LINK}
      type User @key(fields: "id") { id: ID!  email: String }
    `,
  },
  facts: () => {
    const account = (__typename: string, id: string, rest: object): Fact => ({
      __typename,
      id,
      name: `${__typename} ${id}`,
      balance: 10 * Number(id),
      debtOf: null,
      invoices: null,
      ...rest,
    });
    const robot = account("Robot", "1", { model: "R2" });
    const user = account("User", "2", { age: 30, email: "u@example.org", manager: robot, name: null });
    const boss = account("User", "3", { age: null, email: null, manager: user, debtOf: user, balance: null });
    const invoice = (number: number, payer: Fact): Fact => ({ __typename: "Invoice", number, payer });
    Object.assign(user, { debtOf: robot, invoices: [invoice(1, user), invoice(2, robot), invoice(3, boss)] });
    Object.assign(robot, { invoices: [] });
    return [robot, user, boss, ...(user["invoices"] as Fact[])];
  },
  fields: {
    "Query.accounts": (_: never, __: never, f) => ["2", "1", "3"].map((id) => f.with("id", id)),
    "Query.account": (_: never, { id }: { id: string }, f) => f.with("id", id),
    "Query.users": (_: never, __: never, f) => [...f.of("User"), null],
    "Query.debtors": (_: never, __: never, f) => [
      f.with("id", "3"),
      null,
      f.with("id", "1"),
      f.with("id", "2"),
    ],
    "Query.richest": (_: never, __: never, f) => f.with("id", "2"),
    "Query.ledger": (_: never, __: never, f) => ({
      rows: [[f.with("id", "1"), null], [], [f.with("id", "3"), f.with("id", "2")]],
      any: { __typename: "Note", text: "n", about: f.with("id", "1") },
    }),
    "Account.limit": ({ balance }: { balance: number | null }) => balance && balance * 2,
    "Account.cap": ({ balance }: { balance: number | null }) => balance && balance * 3,
  },
  samples: { ID: ["1", "2", "3", "none"] },
};
