import type { Fact, World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@provides"])`;

/** @provides, nested and on members of unions and interfaces: the same field is here and there known on the way. */
export const provides: World = {
  subgraphs: {
    authors: `${LINK}
      type Query { authors: [Author!]! }
      type Author @key(fields: "id") { id: ID!  name: String @shareable  home: Home @shareable  born: Int }
      type Home @shareable { city: String  street: String }
      type Book @key(fields: "id") { id: ID!  title: String @shareable  pages: Int }
      type Film @key(fields: "id") { id: ID!  title: String @shareable  minutes: Int }
    `,
    reviews: `${LINK}
      type Query {
        reviews: [Review!]! @provides(fields: "writer { name }")
        bare: [Review!]!
        works: [Work] @provides(fields: "... on Book { title } ... on Film { title }")
        plainWorks: [Work]
        latest: Titled @provides(fields: "... on Book { title }")
      }
      type Review { text: String  writer: Author  deep: Review @provides(fields: "writer { name home { city } }") }
      type Author @key(fields: "id") { id: ID!  name: String @external  home: Home @external }
      type Home { city: String @external }
      union Work = Book | Film
      interface Titled { id: ID! }
      type Book implements Titled @key(fields: "id") { id: ID!  title: String @external }
      type Film implements Titled @key(fields: "id") { id: ID!  title: String @external }
    `,
  },
  facts: () => {
    const author = (id: string, home: Fact | null): Fact => ({
      __typename: "Author",
      id,
      name: `Author ${id}`,
      home,
      born: 1900,
    });
    const a1 = author("a1", { city: "Lyon", street: "Rue A" });
    const a2 = author("a2", null);
    const book: Fact = { __typename: "Book", id: "b1", title: "A book", pages: 100 };
    const film: Fact = { __typename: "Film", id: "f1", title: "A film", minutes: 90 };
    const first: Fact = { text: "one", writer: a1, deep: null };
    const second: Fact = { text: "two", writer: a2, deep: first };
    const reviews = { reviews: [first, second, { text: null, writer: null, deep: second }] };
    return [a1, a2, book, film, { __typename: "Reviews", id: "reviews", ...reviews }];
  },
  fields: {
    "Query.authors": (_: never, __: never, facts) => facts.of("Author"),
    "Query.reviews": (_: never, __: never, facts) => facts.with("id", "reviews")?.["reviews"],
    "Query.bare": (_: never, __: never, facts) => facts.with("id", "reviews")?.["reviews"],
    "Query.works": (_: never, __: never, facts) => [...facts.of("Film"), null, ...facts.of("Book")],
    "Query.plainWorks": (_: never, __: never, facts) => [...facts.of("Film"), ...facts.of("Book")],
    "Query.latest": (_: never, __: never, facts) => facts.of("Book")[0],
  },
};
