import type { Fact, World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires"])`;

const fail = () => {
  throw new Error("Not this one.");
};

/** Non-null fields that fail or come back null in another subgraph than the one that has the parent. */
export const nulls: World = {
  subgraphs: {
    base: `${LINK}
      type Query { nodes: [Node]  strict: [Node!]!  loose: [[Node!]]  node(id: ID!): Node  sure: Node! }
      type Node @key(fields: "id") { id: ID!  next: Node  must: Node!  kids: [Node!]  name: String!  failing: String  broken: Int! }
    `,
    more: `${LINK}
      type Query { root: Int! }
      type Node @key(fields: "id") {
        id: ID!
        label: String!
        fails: String!
        may: String
        tags: [String!]!
        grid: [[Int!]]!
        inner: Inner
        inners: [Inner!]
        any: [Any!]
        needs: String!  @requires(fields: "name")
        name: String! @external
      }
      type Inner { deep: Deep!  value: Int }
      type Deep { id: ID!  never: Int!  node: Node!  some: Int }
      union Any = Inner | Other
      type Other { must: String! }
    `,
  },
  facts: () => {
    const node = (id: string, rest: object): Fact => ({
      __typename: "Node",
      id,
      name: `Node ${id}`,
      next: null,
      kids: null,
      label: null,
      may: null,
      tags: ["x"],
      grid: [],
      inner: null,
      inners: null,
      any: null,
      ...rest,
    });
    const a = node("a", { label: "A", tags: ["x", null], grid: [[1, null], [2], null] });
    const b = node("b", { next: a, kids: [a, a], may: "b", tags: null, grid: null, name: "B" });
    const c = node("c", { label: "C", next: b, kids: [a, b], any: [{ __typename: "Other", must: null }] });
    const deep = (id: string, of: Fact): Fact => ({
      id,
      never: id === "d1" ? 1 : null,
      node: of,
      some: null,
    });
    Object.assign(a, {
      must: b,
      inner: { deep: deep("d1", c), value: 1 },
      any: [{ __typename: "Inner", deep: null }],
    });
    Object.assign(b, {
      must: null,
      inner: { deep: null, value: 2 },
      inners: [
        { deep: deep("d1", a), value: 1 },
        { deep: deep("d2", b), value: null },
      ],
    });
    Object.assign(c, {
      must: c,
      inners: [{ deep: deep("d1", b), value: 1 }],
      inner: { deep: deep("d2", a) },
    });
    return [a, b, c];
  },
  fields: {
    "Query.nodes": (_: never, __: never, f) => [...f.of("Node"), null],
    "Query.strict": (_: never, __: never, f) => f.of("Node"),
    "Query.loose": (_: never, __: never, f) => [f.of("Node"), null, [f.with("id", "a")]],
    "Query.node": (_: never, { id }: { id: string }, f) => f.with("id", id),
    "Query.sure": (_: never, __: never, f) => f.with("id", "a"),
    "Query.root": fail,
    "Node.fails": ({ id }: { id: string }) => (id === "c" ? "fine" : fail()),
    "Node.failing": ({ id }: { id: string }) => (id === "c" ? "fine" : fail()),
    "Node.broken": ({ id }: { id: string }) => (id === "c" ? 1 : fail()),
    "Node.needs": ({ name }: { name: string }) => (name === "B" ? null : name),
  },
  samples: { ID: ["a", "b", "c", "none"] },
};
