import fc from "fast-check";
import { compareAddresses, type AddressComparison } from "./compare-addresses";

const one = (hers: string, his: string) => compareAddresses([hers], [his]);

const SAME: readonly (readonly [what: string, hers: string, his: string])[] = [
  ["written alike", "12 Main Street, Kingston, NY 12401", "12 Main Street, Kingston, NY 12401"],
  ["St for Street", "12 Main St, Kingston NY", "12 Main Street, Kingston NY"],
  [
    "another case, dots and spaces",
    "12  MAIN ST.,KINGSTON, N.Y. 12401",
    "12 main street, Kingston, NY 12401",
  ],
  ["N for North", "12 N. Main St", "12 North Main St"],
  ["a direction that one leaves out", "12 N Main St, Kingston", "12 Main St, Kingston"],
  ["a direction behind", "12 Main St N", "12 N Main St"],
  ["a street called North", "12 North St", "12 North Street"],
  ["Apt and #", "12 Main St Apt 3, Kingston", "12 Main St #3, Kingston"],
  [
    "Unit in a line of its own",
    "12 Main St\nUnit 3B\nKingston NY 12401",
    "12 Main Street, Kingston NY 12401",
  ],
  ["another flat of the house", "12 Main St Apt 3", "12 Main St Apt 4"],
  ["a flat that one leaves out", "12 Main St, 2nd Floor", "12 Main St"],
  ["a letter behind the number", "12B Main St", "12 Main St"],
  ["half a house", "12 1/2 Main St", "12 Main St"],
  ["ZIP+4", "12 Main St, Kingston NY 12401-1234", "12 Main St, Kingston NY 12401"],
  ["no ZIP", "12 Main St, Kingston, NY", "12 Main St, Kingston, NY 12401"],
  ["a ZIP mistaken in one town", "12 Main St, Kingston, NY 12401", "12 Main St, Kingston, NY 12402"],
  ["a slip of the pen in the town", "12 Main St, Kingstn", "12 Main St, Kingston"],
  ["a ZIP with one wrong digit", "12 Main St 12401", "12 Main St 12402"],
  ["no town", "12 Main St", "12 Main St, Kingston, NY 12401"],
  ["no commas", "12 Main St Kingston NY 12401", "12 Main Street, Kingston, NY 12401"],
  ["what the street is left out", "12 Main, Kingston", "12 Main St, Kingston"],
  ["Saint and St", "12 Saint James Street", "12 St. James St"],
  ["an ordinal spelt out", "101 Fifth Avenue", "101 5th Ave"],
  ["a number spelt out", "One Main Street", "1 Main St"],
  ["leading zeros", "0012 Main St", "12 Main St"],
  ["one of two numbers", "12-14 Main St", "14 Main St"],
  ["accents", "12 Peña Blvd", "12 Pena Boulevard"],
  ["care of somebody", "c/o M. Doe, 12 Main St", "12 Main St"],
  ["a name above it", "Mary Doe\n12 Main St\nKingston NY", "12 Main St, Kingston NY"],
  ["PO and P.O.", "PO Box 12, Kingston", "P.O. Box 12, Kingston"],
  ["POB", "POB 12, Kingston", "Post Office Box 012, Kingston"],
  ["a rural route", "RR 2 Box 15, Kingston", "Rural Route 2, Box 15".replace(",", "") + ", Kingston"],
  ["words that are no address, but the same", "The old mill", "the OLD mill."],
];

const APART: readonly (readonly [what: string, hers: string, his: string])[] = [
  ["another number", "12 Main St, Kingston", "14 Main St, Kingston"],
  ["another street", "12 Main St, Kingston", "12 Elm St, Kingston"],
  ["another kind of street", "12 Park St, Kingston", "12 Park Ave, Kingston"],
  ["the other end of the street", "12 N Main St", "12 S Main St"],
  ["another town", "12 Main St, Kingston, NY", "12 Main St, Albany, NY"],
  ["another town by ZIP", "12 Main St, Kingston, NY 12401", "12 Main St, Albany, NY 12207"],
  ["another ZIP where no town is told", "12 Main St 12401", "12 Main St 12207"],
  ["another numbered street", "101 11th St", "101 12th St"],
  ["another box", "PO Box 12, Kingston", "PO Box 13, Kingston"],
  ["a box and a house", "PO Box 12, Kingston", "12 Box St, Kingston"],
];

const UNKNOWN: readonly (readonly [what: string, hers: string, his: string])[] = [
  ["a slip of the pen", "12 Mian St, Kingston", "12 Main St, Kingston"],
  ["a letter too few", "12 Winchester Rd", "12 Winchestr Rd"],
  ["no number", "Main Street, Kingston", "12 Main Street, Kingston"],
  ["no address", "homeless", "12 Main Street, Kingston"],
  ["nothing", "", ""],
  ["signs only", "?", "12 Main St"],
  ["another script", "ул. Ленина 5", "12 Main St"],
];

test.each([
  ...SAME.map((row) => [...row, "shared"] as const),
  ...APART.map((row) => [...row, "apart"] as const),
  ...UNKNOWN.map((row) => [...row, "unknown"] as const),
])("AV23: %s: %j and %j are %s", (_what, hers, his, expected) => {
  expect([one(hers, his), one(his, hers)]).toEqual([expected, expected]);
});

test.each<[what: string, hers: string[], his: string[], expected: AddressComparison]>([
  ["she has none", [], ["12 Main St"], "unknown"],
  ["he has none", ["12 Main St"], [], "unknown"],
  ["she moved out of his", ["7 Elm St", "12 Main St"], ["12 Main St"], "shared"],
  ["he moved in where she was", ["7 Elm St", "12 Main St"], ["9 Oak St", "12 Main St"], "shared"],
  ["he moved out of hers", ["12 Main St"], ["9 Oak St", "12 Main St"], "shared"],
  ["one of his cannot be read", ["7 Elm St"], ["9 Oak St", "at his mother's"], "unknown"],
  ["one of hers cannot be read", ["7 Elm St", "?"], ["9 Oak St"], "unknown"],
  ["one cannot be read, and another is shared", ["7 Elm St", "?"], ["7 Elm St"], "shared"],
  ["all of them are others", ["7 Elm St", "8 Elm St"], ["9 Oak St", "10 Oak St"], "apart"],
])("AV23: across a move: %s", (_what, hers, his, expected) => {
  expect(compareAddresses(hers, his)).toBe(expected);
});

const STREETS = ["Main", "Saint James", "North", "Fifth", "Winchester", "Mount Hope", "Peña"];
const KINDS = [
  ["Street", "St", "ST.", "str"],
  ["Avenue", "Ave", "av."],
  ["Road", "rd", "RD."],
  ["Boulevard", "Blvd"],
] as const;
const UNITS = ["", " Apt 3", " #3", ", Unit 9", " apt. 12B", ", 2nd floor", "\nSuite 5"];
const PLACES = ["", ", Kingston", ", Kingston, NY", ", KINGSTON NY 12401", ", Kingston, N.Y. 12401-0099"];

const house = fc.record({
  number: fc.integer({ min: 1, max: 9_999 }),
  street: fc.constantFrom(...STREETS),
  kind: fc.constantFrom(...KINDS),
});
const manner = fc.record({
  kind: fc.nat(),
  unit: fc.constantFrom(...UNITS),
  place: fc.constantFrom(...PLACES),
  loud: fc.boolean(),
});
type Manner = { kind: number; unit: string; place: string; loud: boolean };
const written = (
  { number, street, kind }: { number: number; street: string; kind: readonly string[] },
  how: Manner,
) => {
  const text = `${number} ${street} ${kind[how.kind % kind.length]!}${how.unit}${how.place}`;
  return how.loud ? text.toUpperCase() : text;
};
const anyAddress = fc.oneof(
  fc.tuple(house, manner).map(([one, how]) => written(one, how)),
  fc.constantFrom("PO Box 12", "homeless", "", "The old mill", "RR 1 Box 2"),
  fc.string({ maxLength: 30 }),
);
const addresses = fc.array(anyAddress, { maxLength: 4 });

test("AV23: one house is one address, however it is written", () => {
  fc.assert(
    fc.property(house, manner, manner, (one, first, second) => {
      expect(compareAddresses([written(one, first)], [written(one, second)])).toBe("shared");
    }),
    { numRuns: 500 },
  );
});

test("AV23: it does not matter whose addresses come first, in which order, or how often", () => {
  fc.assert(
    fc.property(addresses, addresses, (hers, his) => {
      const answer = compareAddresses(hers, his);
      expect(compareAddresses(his, hers)).toBe(answer);
      expect(compareAddresses([...hers, ...hers].reverse(), [...his].reverse())).toBe(answer);
    }),
    { numRuns: 500 },
  );
});

test("AV23: to know of one more address never opens what was closed", () => {
  const openness: Record<AddressComparison, number> = { shared: 0, unknown: 1, apart: 2 };
  fc.assert(
    fc.property(addresses, addresses, anyAddress, (hers, his, more) => {
      fc.pre(hers.length > 0 && his.length > 0);
      const before = openness[compareAddresses(hers, his)];
      expect(openness[compareAddresses([...hers, more], his)]).toBeLessThanOrEqual(before);
      expect(openness[compareAddresses(hers, [...his, more])]).toBeLessThanOrEqual(before);
    }),
    { numRuns: 500 },
  );
});

test("AV23: an address is apart from another only when both name a house or a box", () => {
  fc.assert(
    fc.property(anyAddress, fc.string({ maxLength: 40 }), (address, words) => {
      fc.pre(
        !/\d/.test(words) && !/\b(one|two|three|four|five|six|seven|eight|nine|ten|box|pob)\b/i.test(words),
      );
      expect(one(address, words)).not.toBe("apart");
    }),
  );
});
