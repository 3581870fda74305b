import type { Fact, World } from "../world";

/** Subgraphs of other times and tastes: federation 1, directives under other names, and names that JavaScript knows. */
export const naming: World = {
  subgraphs: {
    old: `
      extend type Query { me: User  users: [User] }
      type User @key(fields: "id") { id: ID!  name: String  valueOf: String  length: Int }
    `,
    older: `
      extend type User @key(fields: "id") {
        id: ID! @external
        name: String @external
        posts: [Post]
        shout: String @requires(fields: "name")
      }
      type Post @key(fields: "slug") { slug: String!  author: User @provides(fields: "name")  body: String }
    `,
    renamed: `
      extend schema
        @link(url: "https://specs.apollo.dev/link/v1.0")
        @link(url: "https://specs.apollo.dev/federation/v2.9", as: "fed", import: [
          { name: "@key", as: "@id" }, { name: "@requires", as: "@needs" }, "@shareable"])
      type Query { constructor: Thing  hasOwnProperty: String @shareable }
      type User @id(fields: "id") {
        id: ID!
        name: String @fed__external
        whisper: String @needs(fields: "name")
        toString: Thing
      }
      type Thing @id(fields: "prototype") { prototype: ID!  then: String @fed__tag(name: "x")  data: String  errors: [User!] }
    `,
    prefixed: `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")
      type Thing @federation__key(fields: "prototype") {
        prototype: ID!
        then: String @federation__override(from: "renamed")
        size: Int
      }
      type Post @federation__key(fields: "slug") { slug: String!  likes: Int }
    `,
  },
  facts: () => {
    const user = (id: string): Fact => ({
      __typename: "User",
      id,
      name: `User ${id}`,
      valueOf: "worth",
      length: 3,
      posts: null,
      toString: null,
    });
    const u1 = user("u1");
    const u2 = user("u2");
    const thing: Fact = {
      __typename: "Thing",
      prototype: "t",
      then: "now",
      data: "d",
      errors: [u1, u2],
      size: 4,
    };
    const post: Fact = { __typename: "Post", slug: "p", author: u2, body: null, likes: 3 };
    Object.assign(u1, { posts: [post, null], toString: thing });
    return [u1, u2, thing, post];
  },
  fields: {
    "Query.me": (_: never, __: never, f) => f.with("id", "u1"),
    "Query.users": (_: never, __: never, f) => f.of("User"),
    "Query.constructor": (_: never, __: never, f) => f.of("Thing")[0],
    "Query.hasOwnProperty": () => "yes",
    "User.shout": ({ name }: { name: string }) => name.toUpperCase(),
    "User.whisper": ({ name }: { name: string }) => name.toLowerCase(),
  },
};
