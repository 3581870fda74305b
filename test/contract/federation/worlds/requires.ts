import type { Fact, World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@inaccessible"])`;

/** @requires in chains over three subgraphs, nested, through lists, through abstract types and through other entities. */
export const requires: World = {
  subgraphs: {
    catalogue: `${LINK}
      type Query { products: [Product!]!  product(sku: ID!): Product  shelves: [[Product]!] }
      type Product @key(fields: "sku") {
        sku: ID!
        name: String
        price: Int
        secret: Int @inaccessible
        size: Size
        parts: [Part!]
        maker: Maker
        extra: Extra
        origin: Origin
      }
      type Size @shareable { width: Int  height: Int  unit: Unit }
      type Unit @shareable { symbol: String  factor: Int }
      type Part { weight: Int  colour: String }
      type Maker @key(fields: "id") { id: ID! }
      union Extra = Book | Toy
      type Book { pages: Int  shared: String }
      type Toy { age: Int  shared: String }
      interface Origin { code: String }
      type Farm implements Origin { code: String  hectares: Int }
      type Mine implements Origin { code: String  depth: Int }
    `,
    makers: `${LINK}
      type Query { best: Product }
      type Maker @key(fields: "id") { id: ID!  country: String  rate: Int }
      type Product @key(fields: "sku") {
        sku: ID!
        pairs: Int @external
        cost(express: Boolean = false): Int @external
        label: String @requires(fields: "pairs cost")
        similar: [Product!]
      }
    `,
    shipping: `${LINK}
      type Product @key(fields: "sku") {
        sku: ID!
        price: Int @external
        secret: Int @external
        size: Size @external
        parts: [Part!] @external
        maker: Maker @external
        volume: Int @requires(fields: "size { width height unit { factor symbol } }")
        weight: Int @requires(fields: "parts { weight }")
        cost(express: Boolean = false): Int @requires(fields: "price secret")
        duty: Int @requires(fields: "maker { country rate } price")
        quote: Quote @requires(fields: "price")
      }
      type Quote { amount: Int  note: String }
      type Size @shareable { width: Int  height: Int  unit: Unit }
      type Unit @shareable { symbol: String  factor: Int }
      type Part @external { weight: Int }
      type Maker @key(fields: "id") { id: ID!  country: String @external  rate: Int @external }
    `,
    advice: `${LINK}
      type Product @key(fields: "sku") {
        sku: ID!
        volume: Int @external
        mid: Int @external
        extra: Extra @external
        origin: Origin @external
        pallets: Int @requires(fields: "volume")
        base: Int
        top: Int @requires(fields: "mid")
        hint: String @requires(fields: "extra { ... on Book { pages } ... on Toy { age } }")
        place: String @requires(fields: "origin { code ... on Farm { hectares } }")
      }
      union Extra = Book | Toy
      type Book @external { pages: Int }
      type Toy @external { age: Int }
      interface Origin { code: String }
      type Farm implements Origin @external { code: String  hectares: Int }
      type Mine implements Origin @external { code: String }
    `,
    stock: `${LINK}
      type Product @key(fields: "sku") {
        sku: ID!
        base: Int @external
        pallets: Int @external
        mid: Int @requires(fields: "base")
        pairs: Int @requires(fields: "pallets")
      }
    `,
  },
  facts: () => {
    const maker = (id: string, country: string | null, rate: number | null): Fact => ({
      __typename: "Maker",
      id,
      country,
      rate,
    });
    const m1 = maker("m1", "FR", 3);
    const m2 = maker("m2", null, null);
    const metre: Fact = { symbol: "m", factor: 2 };
    const book: Fact = { __typename: "Book", pages: 30, shared: "b" };
    const toy: Fact = { __typename: "Toy", age: 3, shared: "t" };
    const product = (sku: string, rest: object): Fact => ({
      __typename: "Product",
      sku,
      name: `Product ${sku}`,
      price: null,
      secret: 7,
      size: null,
      parts: null,
      maker: null,
      extra: null,
      origin: null,
      base: null,
      similar: [],
      ...rest,
    });
    const p1 = product("s1", {
      base: 100,
      price: 10,
      size: { width: 2, height: 3, unit: metre },
      parts: [{ weight: 1, colour: "red" }, { weight: null, colour: "blue" }, { weight: 4 }],
      maker: m1,
      extra: book,
      origin: { __typename: "Farm", code: "f", hectares: 5 },
    });
    const p2 = product("s2", {
      price: 20,
      size: { width: null, height: 3, unit: null },
      parts: [],
      maker: m2,
      extra: toy,
      origin: { __typename: "Mine", code: "m", depth: 5 },
    });
    const p3 = product("s3", { similar: [p1, p2, p1] });
    (p1["similar"] as Fact[]).push(p3, p1);
    return [m1, m2, p1, p2, p3];
  },
  fields: {
    "Query.products": (_: never, __: never, facts) => facts.of("Product"),
    "Query.product": (_: never, { sku }: { sku: string }, facts) => facts.with("sku", sku),
    "Query.shelves": (_: never, __: never, facts) => [facts.of("Product"), [null, ...facts.of("Product")]],
    "Query.best": (_: never, __: never, facts) => facts.with("sku", "s2"),
    "Product.volume": ({
      size,
    }: {
      size: { width: number; height: number; unit: { factor: number } | null } | null;
    }) => size && size.width * size.height * (size.unit?.factor ?? 1),
    "Product.weight": ({ parts }: { parts: { weight: number | null }[] | null }) =>
      parts && parts.reduce((sum, { weight }) => sum + (weight ?? 100), 0),
    "Product.cost": (from: { price: number | null; secret: number }, { express }: { express?: boolean }) =>
      from.price === null ? null : from.price + from.secret + (express ? 1000 : 0),
    "Product.duty": (from: {
      maker: { country: string | null; rate: number } | null;
      price: number | null;
    }) => (from.maker?.country == null ? null : from.maker.rate * (from.price ?? 1)),
    "Product.quote": ({ price }: { price: number | null }) => ({ amount: price, note: null }),
    "Product.pallets": ({ volume }: { volume: number | null }) => volume && volume + 1,
    "Product.pairs": ({ pallets }: { pallets: number | null }) => pallets && pallets * 2,
    "Product.label": ({ pairs, cost }: { pairs: number | null; cost: number | null }) =>
      `${pairs} for ${cost}`,
    "Product.mid": ({ base }: { base: number | null }) => base && base + 1,
    "Product.top": ({ mid }: { mid: number | null }) => mid && mid + 1,
    "Product.hint": ({ extra }: { extra: object | null }) =>
      extra && JSON.stringify(Object.entries(extra).sort()),
    "Product.place": ({ origin }: { origin: { code: string; hectares?: number } | null }) =>
      origin && `${origin.code} ${origin.hectares}`,
  },
  samples: { ID: ["s1", "s2", "s3", "none"] },
};
