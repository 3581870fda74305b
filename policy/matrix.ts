/**
 * The visibility matrix: who may see which element, by role. The one readable source of both walls, of the
 * directives in the schema, of `schema/views/` and of `schema/visibility.md`.
 *
 * Cells: F full; L<n> a limited form, in a field of its own (LIMITED_FORMS says what it holds); O own agency's
 * entries; R only under a live release naming the reader; N only those that name the reader; A aggregates only;
 * M metadata only; "-" never.
 *
 * Source: the partnership's visibility table; law: VAWA 34 U.S.C. 12291(b)(2), CJIS Security Policy, 28 CFR Part 23,
 * 42 CFR Part 2.
 */

export const ROLES = [
  "detective",
  "coordinator",
  "prosecutor",
  "probation",
  "advocate",
  "provider",
  "messenger",
  "evaluator",
  "auditor",
] as const;
export type Role = (typeof ROLES)[number];

export const LIMITED_FORMS = {
  L1: "name, aliases, year of birth",
  L2: "name and contact, once he agreed to a referral",
  L3: "name and meeting place for a planned contact, then withdrawn",
  L4: "only that he is being contacted at a level",
  L5: "category only: order violated, weapon, third charge",
  L6: "offence title, arrest date, court date",
  L7: "only conditions the provider must respect, no address",
  L8: "that an active warrant exists",
  L9: "summary written for the conference",
  L10: "flag only",
  L11: "name, no location",
  L12: "rule and method, no address",
  L13: "high danger, yes or no",
  L14: "referred or engaged, with consent",
  L15: "what he told them to pass on",
  L16: "engaged yes or no, with consent",
  L17: "that help was offered",
  L18: "final text once served",
  L19: "promises to victims and those her agency owns",
} as const;
export type LimitedForm = keyof typeof LIMITED_FORMS;

/** "F*" is full, less the addresses (form X of its row). */
type Cell = "F" | "F*" | LimitedForm | "O" | "R" | "N" | "A" | "M" | "-";

interface Row {
  readonly title: string;
  /** One cell per role, in the order of ROLES. */
  readonly cells: readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell];
}

// prettier-ignore
export const MATRIX = {
  //                                                                                         DET  CRD    PRO  PBN    ADV   SVC   MSG    EVA  AUD
  "offender-identity":       { title: "offender identity",                          cells: ["F", "F",   "F", "F",   "L1", "L2", "L3",  "A", "M"] },
  "tier":                    { title: "tier and as-of",                             cells: ["F", "F",   "F", "F",   "F",  "L4", "L4",  "A", "M"] },
  "tier-reasons":            { title: "tier reasons (rules, facts)",                cells: ["F", "F",   "F", "F",   "L5", "-",  "-",   "A", "M"] },
  "charges":                 { title: "charges (local arrest, docket)",             cells: ["F", "F",   "F", "F",   "L6", "-",  "-",   "A", "M"] },
  "criminal-history":        { title: "criminal history (NCIC/III)",                cells: ["F", "F",   "F", "F",   "-",  "-",  "-",   "-", "M"] },
  "custody":                 { title: "custody status, release time",               cells: ["F", "F",   "F", "F",   "F",  "-",  "-",   "A", "M"] },
  "conditions":              { title: "bail and release conditions",                cells: ["F", "F",   "F", "F",   "F",  "L7", "-",   "A", "M"] },
  "orders":                  { title: "orders of protection",                       cells: ["F", "F",   "F", "F",   "F*", "L7", "-",   "A", "M"] },
  "warrants":                { title: "warrants",                                   cells: ["F", "F",   "F", "F",   "L8", "-",  "-",   "A", "M"] },
  "incident-narrative":      { title: "incident narrative",                         cells: ["F", "L9",  "F", "L9",  "-",  "-",  "-",   "-", "M"] },
  "investigation":           { title: "informant, evidence, interviews",            cells: ["F", "-",   "F", "-",   "-",  "-",  "-",   "-", "M"] },
  "intelligence":            { title: "group nexus, intelligence",                  cells: ["F", "L10", "F", "L10", "-",  "-",  "-",   "-", "M"] },
  "victim-identity":         { title: "victim identity, police side",               cells: ["F", "F",   "F", "L11", "F",  "-",  "-",   "-", "M"] },
  "victim-contact":          { title: "victim contact and location, police side",   cells: ["F", "L12", "F", "-",   "F",  "-",  "-",   "-", "M"] },
  "safe-contact":            { title: "safe-contact rules",                         cells: ["F", "F",   "F", "-",   "F",  "-",  "-",   "-", "M"] },
  "lethality-screen":        { title: "lethality screen by police (LAP)",           cells: ["F", "F",   "F", "L13", "F",  "-",  "-",   "A", "M"] },
  "client":                  { title: "victim as client of an agency",              cells: ["-", "-",   "R", "-",   "O",  "-",  "-",   "A", "M"] },
  "client-contact":          { title: "victim contact and location, advocacy side", cells: ["R", "R",   "R", "R",   "O",  "-",  "-",   "-", "-"] },
  "advocate-risk":           { title: "risk assessment by advocate",                cells: ["R", "R",   "R", "-",   "O",  "-",  "-",   "A", "-"] },
  "safety-plan":             { title: "safety plan",                                cells: ["-", "-",   "-", "-",   "O",  "-",  "-",   "-", "-"] },
  "outreach-justice":        { title: "outreach log, justice side, gate state",     cells: ["F", "F",   "F", "-",   "F",  "-",  "-",   "A", "M"] },
  "outreach-advocacy":       { title: "outreach log, advocacy",                     cells: ["R", "R",   "R", "-",   "O",  "-",  "-",   "A", "-"] },
  "service-needs":           { title: "offender service needs",                     cells: ["L14", "F", "L14", "R", "-",  "F",  "L15", "A", "M"] },
  "service-attendance":      { title: "offender service attendance",                cells: ["L14", "L16", "L14", "R", "-", "F", "-",   "A", "M"] },
  "contact-record":          { title: "contact (notification) record",              cells: ["F", "F",   "F", "F",   "F",  "L17", "O",  "A", "M"] },
  "exposure-letter":         { title: "legal exposure letter",                      cells: ["F", "F",   "F", "L18", "L18", "-", "L18", "-", "M"] },
  "promises":                { title: "promises ledger",                            cells: ["F", "F",   "F", "F",   "L19", "O", "O",   "A", "M"] },
  "releases":                { title: "releases of information",                    cells: ["N", "N",   "N", "N",   "O",  "N",  "-",   "-", "M"] },
  "access-log":              { title: "access log",                                 cells: ["O", "O",   "O", "O",   "O",  "O",  "O",   "-", "F"] },
} as const satisfies Record<string, Row>;
export type Element = keyof typeof MATRIX;

/** A scope is one element in one form, e.g. `tier:F` or `offender-identity:L1`. Form X: the addresses within it. */
export type Form = "F" | "X" | LimitedForm | "O" | "R" | "N" | "A" | "M";
export type Scope = `${Element}:${Form}`;

/** The cell of one element for one role. */
export function cellOf(element: Element, role: Role): Cell {
  return MATRIX[element].cells[ROLES.indexOf(role)]!;
}

/** The limited forms that a row offers, each a field of its own. */
export function limitedFormsOf(element: Element): LimitedForm[] {
  return [...new Set(MATRIX[element].cells)].filter((cell): cell is LimitedForm => cell in LIMITED_FORMS);
}

function formsOf(element: Element, cell: Cell): Form[] {
  switch (cell) {
    case "-":
      return [];
    // Who sees an element in full sees each of its limited forms and its aggregates: they say less.
    case "F":
      return ["F", "X", "A", ...limitedFormsOf(element)];
    case "F*":
      return ["F", "A", ...limitedFormsOf(element)];
    default:
      return [cell];
  }
}

/** Every scope that a role holds: its column of the matrix. */
export function scopesOf(role: Role): Scope[] {
  return (Object.keys(MATRIX) as Element[]).flatMap((element) =>
    formsOf(element, cellOf(element, role)).map((form): Scope => `${element}:${form}`),
  );
}
