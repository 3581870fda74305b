import type { LeverKind } from "../domain/lever";
import type { PullState } from "../domain/lever-state";
import { enumOf } from "./enums";

export const LeverKindEnum = enumOf<LeverKind>(
  "LeverKind",
  "A means that needs no victim. CONDITION: of bail, release, probation or parole. CHARGE: a pending one that is not of violence against a partner. COMMUNITY: where no legal one exists.",
  { warrant: true, condition: true, charge: true, "group-nexus": true, community: true },
);

export const LeverStateEnum = enumOf<PullState>("LeverState", "Where a lever that was pulled stands.", {
  open: true,
  succeeded: true,
  failed: true,
  withdrawn: true,
});
