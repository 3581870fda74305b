/** Words of United States addresses that mean the same, as the Postal Service lists them (Publication 28, appendix C), by the form they are compared in. */

function table(lines: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(lines).flatMap(([plain, others]) =>
      [plain, ...others.split(" ")].map((word): [string, string] => [word, plain]),
    ),
  );
}

/** What a street is. "st" is also a saint: told apart by where it stands, compared alike. */
export const STREET_WORDS = table({
  st: "street str saint",
  ave: "avenue av aven avenu",
  rd: "road",
  dr: "drive drv",
  ln: "lane",
  ct: "court crt",
  cir: "circle circ crcl",
  blvd: "boulevard boul blv",
  pl: "place plc",
  ter: "terrace terr",
  way: "wy",
  pkwy: "parkway pky parkwy",
  hwy: "highway hiway hway",
  trl: "trail",
  sq: "square sqr",
  aly: "alley allee",
  plz: "plaza plza",
  pike: "pikes",
  xing: "crossing crssng",
  ext: "extension extn",
  expy: "expressway expwy",
  tpke: "turnpike trnpk",
  row: "rows",
  loop: "loops",
  run: "runs",
});

export const DIRECTIONS = table({
  n: "north no",
  s: "south so",
  e: "east",
  w: "west",
  ne: "northeast",
  nw: "northwest",
  se: "southeast",
  sw: "southwest",
});

/** Words of names that are often cut short. */
export const NAME_WORDS = table({
  mt: "mount",
  ft: "fort",
  "1st": "first",
  "2nd": "second",
  "3rd": "third",
  "4th": "fourth",
  "5th": "fifth",
  "6th": "sixth",
  "7th": "seventh",
  "8th": "eighth",
  "9th": "ninth",
  "10th": "tenth",
  "11th": "eleventh",
  "12th": "twelfth",
});

export const HOUSE_NUMBERS = table({
  "1": "one",
  "2": "two",
  "3": "three",
  "4": "four",
  "5": "five",
  "6": "six",
  "7": "seven",
  "8": "eight",
  "9": "nine",
  "10": "ten",
});

/** A part of a house, named by the word after it. */
export const UNIT_WORDS: ReadonlySet<string> = new Set(
  "apt apartment unit ste suite rm room fl floor flr bldg building lot trlr trailer spc space dept pmb # no number".split(
    " ",
  ),
);

/** A part of a house that needs no word after it. */
export const LONE_UNIT_WORDS: ReadonlySet<string> = new Set(
  "upper lower front rear basement bsmt penthouse ph lobby side upstairs downstairs".split(" "),
);

/** "new york" and "ny" are one word to a comparison of places: all that is left of a state is left out. */
export const STATES: ReadonlySet<string> = new Set(
  "al ak az ar ca co ct dc de fl ga hi ia id il in ks ky la ma md me mi mn mo ms mt nc nd ne nh nj nm nv ny oh ok or pa pr ri sc sd tn tx ut va vt wa wi wv wy usa us".split(
    " ",
  ),
);
