import type { World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;

const told = (_: unknown, args: object) => JSON.stringify(args);

/** Arguments of every kind, told back by the field that was given them; custom scalars pass as they are. */
export const args: World = {
  subgraphs: {
    one: `${LINK}
      scalar Date
      scalar Blob
      type Query { thing(id: ID!): Thing  things(ids: [ID!]! = ["t1", "t2"]): [Thing]!  told(all: All, by: [[Sort!]]): String }
      type Thing @key(fields: "id") {
        id: ID!
        told(text: String = "preset", count: Int, ratio: Float, flag: Boolean! = true): String
        since(date: Date): Date
        blob: Blob
        score: Float
        big: Float
      }
      enum Sort { UP DOWN }
      input All { text: String  number: Int = 7  sort: Sort = DOWN  inner: Inner  list: [Inner!]  need: Boolean! = false }
      input Inner { id: ID!  dates: [Date!] = ["2026-01-01"]  deeper: Inner }
    `,
    two: `${LINK}
      scalar Date
      type Thing @key(fields: "id") {
        id: ID!
        search(filter: Filter! = { sort: [UP], page: { first: 2 } }): String
        due(after: Date, sort: Sort = UP): Date
        near(ids: [ID]): [Thing!]
      }
      enum Sort { UP DOWN }
      input Filter { sort: [Sort!]  page: Page = { first: 10 }  text: String }
      input Page { first: Int! = 5  after: String }
    `,
  },
  facts: () => [
    {
      __typename: "Thing",
      id: "t1",
      blob: { free: ["form", 1, null, { __proto__: null, deep: true }] },
      score: 1.5,
      big: 1e21,
    },
    { __typename: "Thing", id: "t2", blob: "text", score: -0.25, big: 3 },
  ],
  fields: {
    "Query.thing": (_: never, { id }: { id: string }, f) => f.with("id", id),
    "Query.things": (_: never, { ids }: { ids: string[] }, f) => ids.map((id) => f.with("id", id)),
    "Query.told": told,
    "Thing.told": told,
    "Thing.since": (_: never, { date }: { date?: string }) => date,
    "Thing.search": told,
    "Thing.due": (_: never, given: { after?: string; sort?: string }) => `${given.after} ${given.sort}`,
    "Thing.near": (_: never, { ids }: { ids?: string[] }, f) => ids?.flatMap((id) => f.with("id", id) ?? []),
  },
  samples: { ID: ["t1", "t2", "none"], Date: ["2026-03-01", "soon"] },
};
