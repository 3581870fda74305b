import type { Fact, FieldOf, World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires"])`;

/** Fields of one entity, each in one subgraph and made of fields of others; and the subgraphs that begin with the entity. */
export interface Chain {
  /** Field to its subgraph and the fields it requires. */
  readonly fields: Readonly<Record<string, { readonly in: string; readonly of: readonly string[] }>>;
  readonly entries: readonly string[];
  /** Subgraph to the keys it knows; `id` where nothing is said. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
}

/** The world of a chain: `Query.from_<entry>` gives the entity, each field is the sum of what it requires and one. */
export function chained({ fields, entries, keys = {} }: Chain): World {
  const names = [...new Set([...entries, ...Object.values(fields).map((field) => field.in)])].sort();
  const sdlOf = (subgraph: string): string => {
    const own = Object.entries(fields).filter(([, field]) => field.in === subgraph);
    const external = new Set(own.flatMap(([, { of }]) => of));
    const known = keys[subgraph] ?? ["id"];
    return `${LINK}
      ${entries.includes(subgraph) ? `type Query { from_${subgraph}: Item }` : ""}
      type Item ${known.map((key) => `@key(fields: "${key}")`).join(" ")} {
        ${known.map((key) => `${key}: ID!`).join(" ")}
        ${[...external].map((name) => `${name}: Int @external`).join(" ")}
        ${own.map(([name, { of }]) => `${name}: Int ${of.length > 0 ? `@requires(fields: "${of.join(" ")}")` : ""}`).join(" ")}
      }`;
  };
  const item: Fact = { __typename: "Item", id: "i", sku: "s" };
  const made: [string, FieldOf][] = Object.entries(fields).map(([name, { of }]) => [
    `Item.${name}`,
    (from: Readonly<Record<string, number>>) =>
      of.reduce((sum, one) => sum + from[one]!, 1 + name.charCodeAt(0)),
  ]);
  return {
    subgraphs: Object.fromEntries(names.map((name) => [name, sdlOf(name)])),
    facts: () => [item],
    fields: {
      ...Object.fromEntries(entries.map((name): [string, FieldOf] => [`Query.from_${name}`, () => item])),
      ...Object.fromEntries(made),
    },
  };
}
