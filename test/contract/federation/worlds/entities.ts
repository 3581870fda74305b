import type { Fact, World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external"])`;

interface Person extends Fact {
  friends: Fact[];
}

/** Keys of every form: single, several, composite, nested, nullable; types that refer to each other in circles. */
export const entities: World = {
  subgraphs: {
    people: `${LINK}
      type Query { person(id: ID!): Person  people: [Person!]!  table: [[Person!]!]!  cube: [[[Person]]] }
      type Person @key(fields: "id") @key(fields: "email") {
        id: ID!  email: String!  name: String  friends: [Person!]!  boss: Person  passport: Passport
      }
      type Passport @key(fields: "code") { code: String }
    `,
    badges: `${LINK}
      type Query { badges: [Badge!]! }
      type Person @key(fields: "email") { email: String!  badge: Badge }
      type Badge @key(fields: "number") { number: Int!  holder: Person!  team: Team }
      type Team @key(fields: "org { id } code") { org: Org!  code: String! }
      type Org @key(fields: "id") { id: ID! }
    `,
    teams: `${LINK}
      type Query { teams: [Team]  grid: [[Team]!] }
      type Team @key(fields: "org { id } code") {
        org: Org! @shareable  code: String! @shareable  title: String  members: [Person!]  rows: [[Person]]
      }
      type Org @key(fields: "id", resolvable: false) { id: ID! @shareable }
      type Person @key(fields: "id") { id: ID! }
    `,
    registry: `${LINK}
      type Org @key(fields: "id") { id: ID!  label: String  parent: Org  teams: [Team!]! }
      type Team @key(fields: "org { id } code", resolvable: false) { org: Org! @shareable  code: String! @shareable }
      type Passport @key(fields: "code") { code: String  country: String }
      type Person @key(fields: "id") { id: ID!  age: Int }
      type Badge @key(fields: "number") { number: Int!  colour: String }
    `,
  },
  facts: () => {
    const org: Fact = { __typename: "Org", id: "o1", label: "North", parent: null, teams: [] };
    const other: Fact = { __typename: "Org", id: "o2", label: null, parent: org, teams: [] };
    const person = (id: string, rest: object): Person => ({
      __typename: "Person",
      id,
      email: `${id}@example.org`,
      name: `Name of ${id}`,
      age: id.length + Number(id.slice(1)),
      friends: [],
      boss: null,
      passport: null,
      badge: null,
      ...rest,
    });
    const french: Fact = { __typename: "Passport", code: "F-1", country: "France" };
    const lost: Fact = { __typename: "Passport", code: null, country: null };
    const p1 = person("p1", { passport: french });
    const p2 = person("p2", { boss: p1, name: null, passport: lost });
    const p3 = person("p3", { boss: p2, age: null, absentFrom: ["registry"] });
    p1.friends.push(p2, p3, p2);
    p2.friends.push(p1);
    const team = (of: Fact, code: string, rest: object): Fact => ({
      __typename: "Team",
      org: of,
      code,
      title: `${of["id"] as string}/${code}`,
      ...rest,
    });
    const red = team(org, "red", { members: [p1, p2, p1], rows: [[p1], [], [p3, null, p1]] });
    const blue = team(other, "red", { members: null, rows: [null, [p2]] });
    (org["teams"] as Fact[]).push(red);
    (other["teams"] as Fact[]).push(blue, blue);
    const badge = (number: number, holder: Fact, of: Fact | null): Fact => {
      const made = { __typename: "Badge", number, holder, team: of, colour: number > 1 ? "green" : null };
      Object.assign(holder, { badge: made });
      return made;
    };
    return [org, other, p1, p2, p3, french, lost, red, blue, badge(1, p1, red), badge(2, p2, blue)];
  },
  fields: {
    "Query.person": (_: never, { id }: { id: string }, facts) => facts.with("id", id),
    "Query.people": (_: never, __: never, facts) => facts.of("Person"),
    "Query.table": (_: never, __: never, facts) => [facts.of("Person"), [], facts.of("Person").slice(1)],
    "Query.cube": (_: never, __: never, facts) => [[facts.of("Person"), null], null, [[], [null]]],
    "Query.badges": (_: never, __: never, facts) => facts.of("Badge"),
    "Query.teams": (_: never, __: never, facts) => [...facts.of("Team"), null],
    "Query.grid": (_: never, __: never, facts) => [facts.of("Team"), [null]],
  },
  samples: { ID: ["p1", "p2", "p3", "nobody"] },
};
