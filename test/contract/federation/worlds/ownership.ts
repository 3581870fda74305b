import type { World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@override", "@inaccessible", "@tag", "@external"])`;

/** Who answers a field, and who is told of it: @shareable, @override, @inaccessible, @tag, roots in two subgraphs. */
export const ownership: World = {
  subgraphs: {
    old: `${LINK}
      type Query @shareable { version: String  items(filter: Filter): [Item!]!  item(id: ID!, hidden: Int @inaccessible): Item }
      type Item @key(fields: "id") @tag(name: "public") {
        id: ID!
        name: String @shareable @tag(name: "x")
        price: Int
        state: State
        label(style: Style): String @shareable
        hidden: String @inaccessible
        vault: Vault @inaccessible
        place: Place @shareable
      }
      type Vault @inaccessible { content: String }
      type Place @shareable { x: Int  y: Int }
      enum State { NEW USED  LOST @inaccessible }
      enum Style { SHORT LONG }
      input Filter { state: State  first: Int  onlyOld: Boolean }
    `,
    new: `${LINK}
      type Query @shareable { version: String  items(filter: Filter): [Item!]!  fresh: [Item] }
      type Item @key(fields: "id") {
        id: ID!
        name: String @shareable
        price: Int @override(from: "old")
        label(style: Style): String @shareable
        place: Place @shareable
        owner: Owner
        secretOwner: Owner @inaccessible
      }
      type Place @shareable { x: Int  z: Int }
      type Owner @key(fields: "id", resolvable: false) { id: ID! }
      enum State { NEW USED }
      enum Style { SHORT }
      input Filter { state: State  first: Int }
    `,
    owners: `${LINK}
      type Query { owners: [Owner!]  shape: Shape }
      type Owner @key(fields: "id") { id: ID!  name: String @override(from: "nobody")  secret: Int @inaccessible }
      union Shape = Circle | Square | Blob
      type Circle { r: Int }
      type Square { a: Int }
      type Blob @inaccessible { b: Int }
    `,
  },
  facts: () => {
    const owner = { __typename: "Owner", id: "w1", name: "Owner one", secret: 1 };
    const item = (id: string, state: string | null, rest: object) => ({
      __typename: "Item",
      id,
      name: `Item ${id}`,
      price: 5,
      state,
      hidden: "hidden",
      vault: null,
      place: { x: 1, y: 2, z: 3 },
      owner: null,
      secretOwner: owner,
      ...rest,
    });
    return [owner, item("i1", "NEW", { owner }), item("i2", "LOST", {}), item("i3", null, { place: null })];
  },
  fields: {
    "Query.version": () => "1",
    "Query.items": (_: never, { filter }: { filter?: { first?: number; state?: string } | null }, facts) =>
      facts
        .of("Item")
        .filter((item) => filter?.state == null || item["state"] === filter.state)
        .slice(0, filter?.first ?? 3),
    "Query.item": (_: never, { id }: { id: string }, facts) => facts.with("id", id),
    "Query.fresh": (_: never, __: never, facts) => [null, ...facts.of("Item")],
    "Query.owners": (_: never, __: never, facts) => facts.of("Owner"),
    "Query.shape": () => ({ __typename: "Square", a: 2 }),
    "Item.label": ({ name }: { name: string }, { style }: { style?: string }) => `${name} ${style}`,
  },
  samples: { ID: ["i1", "i2", "i3", "none"] },
};
