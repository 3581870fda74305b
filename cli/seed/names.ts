import type { Random } from "./random";

export type Sex = "F" | "M" | "X" | "U";

/** Common given names, and family names put together from syllables: a family of none of these names is known. */
const GIVEN: Readonly<Record<"F" | "M" | "X", readonly string[]>> = {
  F: [
    ..."Ada Alma Anya Bella Carmen Celia Dana Delia Edith Elena Esme Fern Greta Hanna Ida Inez Iris".split(
      " ",
    ),
    ..."Joan Juno Kira Lena Lila Mara Mira Nadia Nell Nora Olive Paula Petra Renata Rita Rosa".split(" "),
    ..."Sadie Selma Tamar Tessa Una Vera Willa Yara Zora".split(" "),
  ],
  M: [
    ..."Abel Alec Amos Anton Basil Boris Caleb Cyrus Dario Dean Elias Emil Enzo Felix Floyd Gus".split(" "),
    ..."Hugo Igor Ivan Jonas Karl Leon Linus Lorenz Luca Marco Milo Nils Otto Pablo Quincy Ralf".split(" "),
    ..."Ramon Roman Ruben Silas Tomas Ulrich Victor Wade Zane".split(" "),
  ],
  X: "Ash Blake Casey Drew Ellis Indigo Jules Kai Lane Marlo Phoenix Quill Reese Rowan Sage Toby Wren".split(
    " ",
  ),
};
const FIRST =
  "Bram Cald Dorn Elv Fenn Garr Hax Ist Jorl Kest Lorm Marv Nask Osk Pelv Quarn Rusk Sorv Tarn".split(" ");
const MORE = "Ulm Varn Wexl Yorr Zell Brask Crev Drusk Flam Grint".split(" ");
const LAST =
  "adale ambry askett edrin elmoor enfold imarsh indry ingast omere onwick oquist ovane umbel urrin".split(
    " ",
  );
const BYNAMES =
  "Ace Bear Biscuit Blue Chip Diesel Flash Ghost Lefty Moose Pip Red Shorty Slim Tank Tex".split(" ");

/** A given name that suits the sex recorded. */
export function givenName(random: Random, sex: Sex): string {
  return random.pick(GIVEN[sex === "U" ? "X" : sex]);
}

/** A family name that nobody has. */
export function familyName(random: Random): string {
  return random.pick([...FIRST, ...MORE]) + random.pick(LAST);
}

/** Other names a person is known by; mostly none. */
export function aliases(random: Random, given: string): string[] {
  const names = random.chance(0.2) ? [random.pick(BYNAMES)] : [];
  if (random.chance(0.08)) names.push(`${given} ${familyName(random)}`);
  return names;
}
