import { VIOLENT_OFFENCE_CODES } from "./offence-codes";

/** Classes of offences in figures: coarse, so that counts are not small. */
export const OFFENCE_CLASSES = [
  "violent offence",
  "simple assault or intimidation",
  "other offence",
] as const;
export type OffenceClass = (typeof OFFENCE_CLASSES)[number];

/** The codes of each class but the last, which is all the rest: violent crime, then 13B and 13C, which are not in it. */
export const CODES_OF_CLASS: Readonly<Record<Exclude<OffenceClass, "other offence">, readonly string[]>> = {
  "violent offence": VIOLENT_OFFENCE_CODES,
  "simple assault or intimidation": ["13B", "13C"],
};
