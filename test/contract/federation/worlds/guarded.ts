import type { Fact, World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable",
  "@external", "@requires", "@interfaceObject", { name: "@authenticated", as: "@known" }, "@requiresScopes"])`;

/** The scopes that this world knows. */
export const SCOPES = ["title", "note", "tape", "grade", "price", "born", "city", "loans"] as const;

/** Interfaces, unions, types, enums and @requires, of which each asks for something else. */
export const guarded: World = {
  subgraphs: {
    records: `${LINK}
      type Query @known { feed: [Media]  hits: [Hit!]  media(id: ID!): Media  sure: [Media!]  makers: [Maker]  nodes: [Node]  studio: Studio }
      interface Node { id: ID! }
      interface Media implements Node @key(fields: "id") { id: ID!  title: String  note: String  by: Maker  next: Media }
      type Book implements Media & Node @key(fields: "id") @known {
        id: ID!  title: String @requiresScopes(scopes: [["title"]])  note: String  by: Writer  next: Film
        pages: Int  grade: Grade
      }
      type Film implements Media & Node @key(fields: "id") @known {
        id: ID!  title: String!  note: String @requiresScopes(scopes: [["note"], ["title", "tape"]])  by: Studio  next: Media
        minutes: Int
      }
      type Tape implements Media & Node @key(fields: "id") @requiresScopes(scopes: [["tape"]]) {
        id: ID!  title: String  note: String  by: Maker  next: Media
      }
      type Tip @known { text: String  of: Media }
      union Hit = Book | Film | Tape | Tip
      interface Maker { name: String  works: [Media] }
      type Writer implements Maker @known { name: String  born: Int @requiresScopes(scopes: [["born"]])  works: [Media] }
      type Studio implements Maker @known { name: String @requiresScopes(scopes: [["city"]])  city: String  works: [Media] }
      enum Grade @requiresScopes(scopes: [["grade"]]) { HIGH LOW }
    `,
    shop: `${LINK}
      type Query @known { offers: [Book] }
      type Book @key(fields: "id") @known {
        id: ID!  price: Int @requiresScopes(scopes: [["price"]])  discount: Int @requiresScopes(scopes: [["price"]])
      }
    `,
    library: `${LINK}
      type Media @key(fields: "id") @interfaceObject { id: ID!  loans: Int @requiresScopes(scopes: [["loans"]]) }
    `,
    sale: `${LINK}
      type Book @key(fields: "id") @known {
        id: ID!  price: Int @external  pages: Int @external
        asked: Int @requires(fields: "price") @requiresScopes(scopes: [["price"]])
        perPage: Int @requires(fields: "pages")
      }
    `,
  },
  facts: () => {
    const media = (__typename: string, id: string, rest: object): Fact => ({
      ...{ __typename, id, title: `title ${id}`, note: `note ${id}`, next: null, loans: 4 },
      ...rest,
    });
    const works: Fact[] = [];
    const writer: Fact = { __typename: "Writer", name: "Ann", born: 1950, works };
    const studio: Fact = { __typename: "Studio", name: "Lux", city: "York", works };
    const film = media("Film", "f1", { by: studio, minutes: 90 });
    const b1 = media("Book", "b1", {
      by: writer,
      next: film,
      pages: 9,
      grade: "HIGH",
      price: 3,
      discount: 1,
    });
    const tape = media("Tape", "t1", { by: writer, next: b1 });
    const b2 = media("Book", "b2", {
      by: null,
      pages: 7,
      grade: "LOW",
      price: 5,
      discount: null,
      loans: null,
    });
    const f2 = media("Film", "f2", { by: studio, next: tape, minutes: null });
    works.push(b1, film, tape);
    return [b1, b2, film, f2, tape, writer, studio];
  },
  fields: {
    "Query.feed": (_: never, __: never, f) =>
      ["b1", "t1", "none", "f1", "b2", "f2"].map((id) => f.with("id", id)),
    "Query.nodes": (_: never, __: never, f) => ["f1", "b2", "t1"].map((id) => f.with("id", id)),
    "Query.sure": (_: never, __: never, f) => ["b1", "f2"].map((id) => f.with("id", id)),
    "Query.offers": (_: never, __: never, f) => ["b2", "b1"].map((id) => f.with("id", id)),
    "Query.hits": (_: never, __: never, f) => [
      ...["b2", "f1"].map((id) => f.with("id", id)),
      { __typename: "Tip", text: "try", of: f.with("id", "f2") },
      f.with("id", "b1"),
    ],
    "Query.media": (_: never, { id }: { id: string }, f) => f.with("id", id),
    "Query.studio": (_: never, __: never, f) => f.of("Studio")[0],
    "Query.makers": (_: never, __: never, f) => [...f.of("Writer"), ...f.of("Studio")],
    "Book.asked": ({ price }: Fact) => (price === null ? null : Number(price) * 2),
    "Book.perPage": ({ pages }: Fact) => (pages === null ? null : Number(pages) + 1),
  },
  samples: { ID: ["b1", "b2", "f1", "t1", "none"] },
};
