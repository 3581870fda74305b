import { parse } from "graphql";
import { compose } from "../../../cli/generate/compose";
import { refuseUnsafe } from "../../../cli/generate/refuse-unsafe";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", { name: "@requires", as: "@needs" }])`;

const composed = (requires: string) => () =>
  compose([
    {
      name: "shop",
      url: "http://shop",
      typeDefs: parse(`${LINK}
        type Query { products: [Product] }
        type Product @key(fields: "id") { id: ID!  price(currency: String): Int  box: Box  weight: Int }
        type Box { volume(unit: String): Int }`),
    },
    {
      name: "post",
      url: "http://post",
      typeDefs: parse(`${LINK}
        type Product @key(fields: "id") {
          id: ID!
          price(currency: String): Int @external
          box: Box @external
          weight: Int @external
          cost: Int @needs(fields: "${requires}")
        }
        type Box @external { volume(unit: String): Int }`),
    },
  ]);

describe("refused at composition", () => {
  test("arguments inside @requires, under any name, however deep: the coordinate is named", () => {
    const all = "weight box { volume } price";
    expect(composed(all)).not.toThrow();
    for (const [plain, given] of [
      ["price", 'price(currency: \\"EUR\\")'],
      ["volume", 'volume(unit: \\"l\\")'],
    ] as const) {
      expect(composed(all.replace(plain, given))).toThrow(
        `[post] Product.cost requires ${plain} with arguments`,
      );
    }
  });

  const refused = (definition: string) => () =>
    refuseUnsafe(
      "law",
      parse(`extend schema @link(url: "x", import: [{ name: "@key", as: "@by" }]) ${definition}`),
    );

  test("keys of the hub's own subgraphs that are not opaque: the type is named", () => {
    for (const key of ["number", "id number", "case { id }"]) {
      const type = `type Case @key(fields: "${key}") { id: ID!  number: String!  case: Case }`;
      expect(refused(type)).toThrow("Case @key");
    }
    expect(refused('type Case @key(fields: "id") { id: String! }')).toThrow("Case @key");
    expect(refused('type Case @key(fields: "id") { id: ID }')).toThrow("Case @key");
    expect(refused('interface Case @by(fields: "name") { name: ID! }')).toThrow("Case @key");
    expect(
      refused('extend type Case @key(fields: "id", resolvable: false) @key(fields: "n") { id: ID!  n: ID! }'),
    ).toThrow("Case @key { n }");
    expect(
      refused('type Case @key(fields: "id") { id: ID!  number: String! } type Plain { name: String }'),
    ).not.toThrow();
  });
});
