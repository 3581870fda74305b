import type { Fact, World } from "../world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires", "@shareable"])`;

/** The same field required with other arguments by each, and none by some: at the top, inside, and through an interface. */
export const requiredArguments: World = {
  subgraphs: {
    housing: `${LINK}
      type Query { shelters: [Shelter!]!  shelter(id: ID!): Shelter }
      type Mutation { open(id: ID!): Shelter }
      type Shelter @key(fields: "id") {
        id: ID!
        name: String
        rate(currency: String! = "GBP", nights: Int): Int
        beds(kind: Kind!): Int
        region: Region
        place: Place
        sisters: [Shelter!]
      }
      enum Kind { ADULT CHILD }
      type Region { name: String  wait(days: Int): Int  near: Region }
      interface Place { doors(locked: Boolean): Int }
      type House implements Place { doors(locked: Boolean): Int  rooms: Int }
      type Flat implements Place { doors(locked: Boolean): Int  floor: Int }
    `,
    funding: `${LINK}
      type Query { funded: [Shelter!]! }
      type Shelter @key(fields: "id") {
        id: ID!
        rate(currency: String! = "GBP", nights: Int): Int @external
        beds(kind: Kind!): Int @external
        region: Region @external
        place: Place @external
        euro: Int @requires(fields: "rate(currency: \\"EUR\\", nights: 2)")
        dollar: Int @requires(fields: "rate(nights: 2, currency: \\"USD\\")")
        sterling: Int @requires(fields: "rate")
        both: Int @requires(fields: "rate(currency: \\"EUR\\", nights: 2) beds(kind: CHILD)")
        grown: Int @requires(fields: "beds(kind: ADULT)")
        week: Int @requires(fields: "region { wait(days: 7) name }")
        month: Int @requires(fields: "region { wait(days: 30) near { wait } }")
        locked: Int @requires(fields: "place { doors(locked: true) ... on House { rooms } }")
        unlocked: Int @requires(fields: "place { doors(locked: false) }")
      }
      enum Kind { ADULT CHILD }
      type Region @external { name: String  wait(days: Int): Int  near: Region }
      interface Place { doors(locked: Boolean): Int }
      type House implements Place @external { doors(locked: Boolean): Int  rooms: Int }
      type Flat implements Place @external { doors(locked: Boolean): Int }
    `,
    grants: `${LINK}
      type Shelter @key(fields: "id") {
        id: ID!
        rate(currency: String! = "GBP", nights: Int): Int @external
        grant(share: Int): Int @requires(fields: "rate(currency: \\"EUR\\")")
      }
    `,
    advice: `${LINK}
      type Shelter @key(fields: "id") {
        id: ID!
        grant(share: Int): Int @external
        half: Int @requires(fields: "grant(share: 2)")
        third: Int @requires(fields: "grant(share: 3)")
      }
    `,
  },
  facts: () => {
    const shelter = (id: string, rest: object): Fact => ({
      __typename: "Shelter",
      id,
      name: `Shelter ${id}`,
      base: 10,
      region: null,
      place: null,
      sisters: [],
      ...rest,
    });
    const north: Fact = { __typename: "Region", name: "North", base: 1, near: null };
    const south: Fact = { __typename: "Region", name: "South", base: 2, near: north };
    const s1 = shelter("s1", { region: south, place: { __typename: "House", base: 3, rooms: 4 } });
    const s2 = shelter("s2", {
      base: 20,
      place: { __typename: "Flat", base: 1, floor: 2 },
      sisters: [s1, s1],
    });
    return [s1, s2, shelter("s3", { base: null, sisters: [s2] })];
  },
  fields: {
    "Query.shelters": (_: never, __: never, facts) => facts.of("Shelter"),
    "Query.funded": (_: never, __: never, facts) => facts.of("Shelter"),
    "Query.shelter": (_: never, { id }: { id: string }, facts) => facts.with("id", id),
    "Mutation.open": (_: never, { id }: { id: string }, facts) => facts.with("id", id),
    "Shelter.rate": (
      { base }: { base: number | null },
      { currency = "GBP", nights = 1 }: { currency?: string; nights?: number | null },
    ) =>
      base === null ? null : base * (nights ?? 1) * (currency === "EUR" ? 3 : currency === "USD" ? 5 : 7),
    "Shelter.beds": ({ base }: { base: number | null }, { kind }: { kind: string }) =>
      base === null ? null : base + (kind === "ADULT" ? 1 : 2),
    "Region.wait": ({ base }: { base: number }, { days }: { days?: number }) => base * (days ?? 1),
    "Place.doors": ({ base }: { base: number }, { locked }: { locked?: boolean }) =>
      base + (locked ? 100 : 0),
    "Shelter.euro": ({ rate }: { rate: number }) => rate,
    "Shelter.dollar": ({ rate }: { rate: number }) => rate,
    "Shelter.sterling": ({ rate }: { rate: number }) => rate,
    "Shelter.both": ({ rate, beds }: { rate: number; beds: number }) => rate * 1000 + beds,
    "Shelter.grown": ({ beds }: { beds: number }) => beds,
    "Shelter.week": ({ region }: { region: { wait: number; name: string } | null }) =>
      region && region.wait + region.name.length * 1000,
    "Shelter.month": ({ region }: { region: { wait: number; near: { wait: number } | null } | null }) =>
      region && region.wait + (region.near?.wait ?? 0) * 1000,
    "Shelter.locked": ({ place }: { place: { doors: number; rooms?: number } | null }) =>
      place && place.doors + (place.rooms ?? 0) * 1000,
    "Shelter.unlocked": ({ place }: { place: { doors: number } | null }) => place && place.doors,
    "Shelter.grant": ({ rate }: { rate: number }, { share }: { share?: number | null }) =>
      Math.floor((rate * 100) / (share ?? 1)),
    "Shelter.half": ({ grant }: { grant: number }) => grant,
    "Shelter.third": ({ grant }: { grant: number }) => grant,
  },
  samples: { ID: ["s1", "s2", "s3", "none"], String: ["EUR", "USD"], Int: [1, 7, 30] },
};
