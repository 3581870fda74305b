/** The months by name, English and Spanish, in small letters without marks; also their usual short forms. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    "january jan enero ene",
    "february feb febrero",
    "march mar marzo",
    "april apr abril abr",
    "may mayo",
    "june jun junio",
    "july jul julio",
    "august aug agosto ago",
    "september sep sept septiembre setiembre",
    "october oct octubre",
    "november nov noviembre",
    "december dec diciembre dic",
  ].flatMap((names, index) => names.split(" ").map((name) => [name, index + 1] as const)),
);
