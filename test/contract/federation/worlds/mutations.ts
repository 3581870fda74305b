import type { Fact, World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires"])`;

type Log = string[];
const logOf = (facts: { with(field: string, value: unknown): Fact | undefined }) =>
  facts.with("id", "log")!["entries"] as Log;

/** Mutations of several subgraphs that all write into one log: the log tells in which order they ran. */
export const mutations: World = {
  subgraphs: {
    left: `${LINK}
      type Query { account(id: ID!): Account  log: [String!]! @shareable }
      type Mutation { addLeft(text: String): Account  setLeft(input: SetLeft!): Account!  failLeft: String }
      type Account @key(fields: "id") { id: ID!  log: [String!]! @shareable  amount: Int }
      input SetLeft { amount: Int! = 3  note: String }
    `,
    right: `${LINK}
      type Query { log: [String!]! @shareable }
      type Mutation { addRight(text: String): Account  clear: Boolean  failRight: Int! }
      type Account @key(fields: "id") {
        id: ID!
        log: [String!]! @shareable
        amount: Int @external
        twice: Int @requires(fields: "amount")
        owner: String
        seen: String
      }
    `,
  },
  facts: () => [
    { __typename: "Account", id: "a", amount: 1 },
    { id: "log", entries: [] },
  ],
  fields: {
    "Query.account": (_: never, { id }: { id: string }, f) => f.of("Account").find((a) => a["id"] === id),
    "Query.log": (_: never, __: never, f) => [...logOf(f)],
    "Mutation.addLeft": (_: never, { text }: { text?: string }, f) => {
      logOf(f).push(`left ${text}`);
      return f.with("id", "a");
    },
    "Mutation.addRight": (_: never, { text }: { text?: string }, f) => {
      logOf(f).push(`right ${text}`);
      return f.with("id", "a");
    },
    "Mutation.setLeft": (_: never, { input }: { input: { amount: number } }, f) => {
      logOf(f).push(`set ${input.amount}`);
      return Object.assign(f.with("id", "a")!, { amount: input.amount });
    },
    "Mutation.clear": (_: never, __: never, f) => logOf(f).splice(0).length > 0,
    "Mutation.failLeft": () => {
      throw new Error("Left failed.");
    },
    "Mutation.failRight": () => {
      throw new Error("Right failed.");
    },
    "Account.log": (_: never, __: never, f) => [...logOf(f)],
    "Account.seen": (_: never, __: never, f) => logOf(f).join(),
    "Account.owner": ({ id }: { id: string }) => `owner of ${id}`,
    "Account.twice": ({ amount }: { amount: number }) => amount * 2,
  },
  samples: { ID: ["a", "none"], Int: [1, 2, 3] },
};
