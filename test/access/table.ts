import type { Element, Role } from "../../policy/matrix";

/**
 * Who may see what, written down a second time from the partnership's visibility table, so that a slip in
 * `policy/matrix.ts` shows. Only the names come from there: a new role or element does not compile until it has its cell.
 *
 * F full; F* full, less the addresses; L<n> a limited form in a field of its own; O own agency's entries; R only under a
 * live release naming the reader; N only those that name the reader; A aggregates only; M metadata only; - never.
 */
export type Cell = "F" | "F*" | `L${number}` | "O" | "R" | "N" | "A" | "M" | "-";

/** The cells of one element, in the order of the printed table. */
type Line = readonly [
  DET: Cell,
  CRD: Cell,
  PRO: Cell,
  PBN: Cell,
  ADV: Cell,
  SVC: Cell,
  MSG: Cell,
  EVA: Cell,
  AUD: Cell,
];

const COLUMN: Record<Role, number> = {
  detective: 0,
  coordinator: 1,
  prosecutor: 2,
  probation: 3,
  advocate: 4,
  provider: 5,
  messenger: 6,
  evaluator: 7,
  auditor: 8,
};

// prettier-ignore
const LINES: Record<Element, Line> = {
  "offender-identity":  ["F",   "F",   "F",   "F",   "L1",  "L2",  "L3",  "A", "M"],
  "tier":               ["F",   "F",   "F",   "F",   "F",   "L4",  "L4",  "A", "M"],
  "tier-reasons":       ["F",   "F",   "F",   "F",   "L5",  "-",   "-",   "A", "M"],
  "charges":            ["F",   "F",   "F",   "F",   "L6",  "-",   "-",   "A", "M"],
  "criminal-history":   ["F",   "F",   "F",   "F",   "-",   "-",   "-",   "-", "M"],
  "custody":            ["F",   "F",   "F",   "F",   "F",   "-",   "-",   "A", "M"],
  "conditions":         ["F",   "F",   "F",   "F",   "F",   "L7",  "-",   "A", "M"],
  "orders":             ["F",   "F",   "F",   "F",   "F*",  "L7",  "-",   "A", "M"],
  "warrants":           ["F",   "F",   "F",   "F",   "L8",  "-",   "-",   "A", "M"],
  "incident-narrative": ["F",   "L9",  "F",   "L9",  "-",   "-",   "-",   "-", "M"],
  "investigation":      ["F",   "-",   "F",   "-",   "-",   "-",   "-",   "-", "M"],
  "intelligence":       ["F",   "L10", "F",   "L10", "-",   "-",   "-",   "-", "M"],
  "victim-identity":    ["F",   "F",   "F",   "L11", "F",   "-",   "-",   "-", "M"],
  "victim-contact":     ["F",   "L12", "F",   "-",   "F",   "-",   "-",   "-", "M"],
  "safe-contact":       ["F",   "F",   "F",   "-",   "F",   "-",   "-",   "-", "M"],
  "lethality-screen":   ["F",   "F",   "F",   "L13", "F",   "-",   "-",   "A", "M"],
  "client":             ["-",   "-",   "R",   "-",   "O",   "-",   "-",   "A", "M"],
  "client-contact":     ["R",   "R",   "R",   "R",   "O",   "-",   "-",   "-", "-"],
  "advocate-risk":      ["R",   "R",   "R",   "-",   "O",   "-",   "-",   "A", "-"],
  "safety-plan":        ["-",   "-",   "-",   "-",   "O",   "-",   "-",   "-", "-"],
  "outreach-justice":   ["F",   "F",   "F",   "-",   "F",   "-",   "-",   "A", "M"],
  "outreach-advocacy":  ["R",   "R",   "R",   "-",   "O",   "-",   "-",   "A", "-"],
  "service-needs":      ["L14", "F",   "L14", "R",   "-",   "F",   "L15", "A", "M"],
  "service-attendance": ["L14", "L16", "L14", "R",   "-",   "F",   "-",   "A", "M"],
  "contact-record":     ["F",   "F",   "F",   "F",   "F",   "L17", "O",   "A", "M"],
  "exposure-letter":    ["F",   "F",   "F",   "L18", "L18", "-",   "L18", "-", "M"],
  "promises":           ["F",   "F",   "F",   "F",   "L19", "O",   "O",   "A", "M"],
  "releases":           ["N",   "N",   "N",   "N",   "O",   "N",   "-",   "-", "M"],
  "access-log":         ["O",   "O",   "O",   "O",   "O",   "O",   "O",   "-", "F"],
};

function columnOf(role: Role): Record<Element, Cell> {
  const cells = Object.entries(LINES).map(([element, line]) => [element, line[COLUMN[role]]]);
  return Object.fromEntries(cells) as Record<Element, Cell>;
}

/** The table by role, each cell of it. */
export const TABLE: Record<Role, Record<Element, Cell>> = {
  detective: columnOf("detective"),
  coordinator: columnOf("coordinator"),
  prosecutor: columnOf("prosecutor"),
  probation: columnOf("probation"),
  advocate: columnOf("advocate"),
  provider: columnOf("provider"),
  messenger: columnOf("messenger"),
  evaluator: columnOf("evaluator"),
  auditor: columnOf("auditor"),
};

/** In what form a field or a value holds an element: in full, the addresses within it, a limited form, own, in figures. */
export type Form = "F" | "X" | `L${number}` | "O" | "N" | "A";

/** An element in one form, e.g. `charges:L6`. */
export type Sight = `${Element}:${Form}`;

/** Whether the table lets a role have an element in this form: at once, under a live release only, or never. */
export function sightOf(role: Role, sight: Sight): "yes" | "under a release" | "no" {
  const [element, form] = sight.split(":") as [Element, Form];
  const cell = TABLE[role][element];
  switch (cell) {
    case "-":
    case "M":
      return "no";
    // Who sees it in full sees what says less of it too; whose "own" it is remains a question of whose.
    case "F":
      return form === "O" || form === "N" ? "no" : "yes";
    case "F*":
      return form === "O" || form === "N" || form === "X" ? "no" : "yes";
    // What an agency holds as its own, and lets others have by a release, is one field to both.
    case "R":
      return form === "O" || form === "F" ? "under a release" : "no";
    default:
      return cell === form ? "yes" : "no";
  }
}
