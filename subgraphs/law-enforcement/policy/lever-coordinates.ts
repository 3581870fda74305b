import { all, OPAQUE, type Rows } from "./coordinate-rows";

/**
 * Levers are no element of the matrix: they say what warrants, conditions, charges and intelligence do, so they are asked
 * as the strictest of these, intelligence, in the form that says no more than that it is there: the four justice roles,
 * and nobody else. What a lever of the group nexus was tried for is hidden from those who hold only that form
 * (`lever-access.ts`).
 */
const LEVER = ["intelligence:L10"] as const;

export const LEVERS: Rows = {
  "Person.levers": LEVER,
  ...all("Lever", LEVER, ["kind", "recordId", "since"]),
  "Person.leverPulls": LEVER,
  "LeverPull.id": OPAQUE,
  ...all("LeverPull", LEVER, [
    "kind",
    "recordId",
    "state",
    "tried",
    "triedAt",
    "triedBy",
    "recordedBy",
    "recordedAt",
    "note",
  ]),
  ...all("LeverPull", LEVER, ["endedBy", "endedAt"]),
  "Mutation.recordLever": ["act:record-lever"],
  "Mutation.recordLeverResult": ["act:record-lever"],
  ...all("LeverResult", ["act:record-lever"], ["pull", "problem"]),
};
