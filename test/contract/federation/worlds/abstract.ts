import type { Fact, World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external"])`;

/** Interfaces and unions, of values and of entities, of which no subgraph knows all members. */
export const abstract: World = {
  subgraphs: {
    media: `${LINK}
      type Query { feed: [Media]!  media(id: ID!): Media  search: [Result!]  nodes: [Node]  matrix: [[Result]]  odd: [Odd] }
      interface Node { id: ID! }
      interface Media implements Node { id: ID!  title: String }
      type Book implements Media & Node @key(fields: "id") { id: ID!  title: String @shareable  pages: Int  sequel: Media }
      type Film implements Media & Node @key(fields: "id") { id: ID!  title: String  minutes: Int  cast: [Actor!] }
      type Actor implements Node @key(fields: "id") { id: ID!  name: String }
      union Result = Book | Film | Actor | Tip
      type Tip @shareable { text: String }
      interface Plain { size: Int }
      type Box implements Plain @shareable { size: Int  lid: Boolean }
      type Bag implements Plain { size: Int  cloth: String }
      type Shelf @key(fields: "id") { id: ID!  first: Plain  all: [Plain!]  any: [Any] }
      union Any = Box | Book
      union Odd = Coin | Stamp | Shelf
      type Coin @key(fields: "number") { number: Int! }
      type Stamp @key(fields: "number") { number: String! }
    `,
    shop: `${LINK}
      type Query { offers: [Offer!]!  shelves: [Shelf!]! }
      interface Priced { price: Int  label: String }
      type Book implements Priced @key(fields: "id") { id: ID!  price: Int  label: String  related: [Item] }
      type Actor @key(fields: "id") { id: ID!  fee: Int  played: [Item!] }
      type Song implements Priced @key(fields: "id") { id: ID!  price: Int  label: String  beats: Int }
      union Item = Book | Song
      type Offer { item: Item  priced: Priced  tip: Tip }
      type Tip @shareable { text: String }
      type Shelf @key(fields: "id") { id: ID!  songs: [Song!] }
      type Box @shareable { size: Int  lid: Boolean }
      type Coin @key(fields: "number") { number: Int!  metal: String }
      type Stamp @key(fields: "number") { number: String!  colour: String }
    `,
    stats: `${LINK}
      type Query { top: [Countable] }
      interface Countable { count: Int }
      type Film implements Countable @key(fields: "id") { id: ID!  count: Int }
      type Song implements Countable @key(fields: "id") { id: ID!  count: Int  title: String }
      type Book implements Countable @key(fields: "id") { id: ID!  count: Int  title: String @shareable }
    `,
  },
  facts: () => {
    const book = (id: string, rest: object): Fact => ({
      __typename: "Book",
      id,
      title: `Book ${id}`,
      pages: 10,
      price: 3,
      label: `label ${id}`,
      count: null,
      sequel: null,
      related: null,
      ...rest,
    });
    const song: Fact = {
      __typename: "Song",
      id: "g1",
      price: null,
      label: "song",
      beats: 9,
      count: 4,
      title: "S",
    };
    const actor: Fact = { __typename: "Actor", id: "a1", name: "Actor", fee: 8, played: [song] };
    const film: Fact = {
      __typename: "Film",
      id: "f1",
      title: null,
      minutes: 90,
      cast: [actor, actor],
      count: 7,
    };
    const b1 = book("b1", { count: 2, sequel: film });
    const b2 = book("b2", { sequel: b1, related: [b1, song, null], title: null });
    (actor["played"] as Fact[]).push(b2);
    const box: Fact = { __typename: "Box", size: 1, lid: true };
    const bag: Fact = { __typename: "Bag", size: null, cloth: "wool" };
    const shelf: Fact = {
      __typename: "Shelf",
      id: "h1",
      first: bag,
      all: [box, bag, box],
      any: [box, null, b2],
      songs: [song, song],
    };
    const empty: Fact = { __typename: "Shelf", id: "h2", first: null, all: null, any: [], songs: null };
    const coin: Fact = { __typename: "Coin", number: 1, metal: "tin" };
    const stamp: Fact = { __typename: "Stamp", number: "1", colour: "red" };
    return [b1, b2, song, actor, film, shelf, empty, coin, stamp];
  },
  fields: {
    "Query.feed": (_: never, __: never, f) => [
      f.with("id", "b1"),
      null,
      f.with("id", "f1"),
      f.with("id", "b2"),
    ],
    "Query.media": (_: never, { id }: { id: string }, f) => f.with("id", id),
    "Query.search": (_: never, __: never, f) => [
      f.with("id", "a1"),
      { __typename: "Tip", text: "try" },
      f.with("id", "f1"),
      f.with("id", "b2"),
    ],
    "Query.matrix": (_: never, __: never, f) => [[f.with("id", "b1"), f.with("id", "a1")], [], null, [null]],
    "Query.odd": (_: never, __: never, f) => [...f.of("Coin"), null, ...f.of("Stamp"), ...f.of("Shelf")],
    "Query.nodes": (_: never, __: never, f) => ["a1", "b1", "none", "f1"].map((id) => f.with("id", id)),
    "Query.offers": (_: never, __: never, f) => [
      { item: f.with("id", "g1"), priced: f.with("id", "b1"), tip: { text: "buy" } },
      { item: f.with("id", "b2"), priced: f.with("id", "g1"), tip: null },
      { item: null, priced: null, tip: null },
    ],
    "Query.shelves": (_: never, __: never, f) => f.of("Shelf"),
    "Query.top": (_: never, __: never, f) => ["f1", "g1", "none", "b1"].map((id) => f.with("id", id)),
  },
  samples: { ID: ["b1", "b2", "f1", "none"] },
};
