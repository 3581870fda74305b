import type { Place } from "./markers";

/** A man as far as the rules about rows look at him. */
export interface Man {
  readonly supervised: boolean;
  /** The advocacy agency of each of his cases; null: nobody's. */
  readonly cases: readonly (string | null)[];
  readonly providers: readonly string[];
  /** The messenger of each contact that is planned with him. */
  readonly messengers: readonly string[];
  /** His level in force; the one above it is proposed. */
  readonly level?: "B" | "C";
}

export const isAgency = (agency: string | null): agency is string => agency !== null;

/** Where his own records are, as against those of one case or contact of his. */
export function placeOf(man: Man): Place {
  const { supervised, cases, providers, messengers } = man;
  return { supervised, advocacy: cases.filter(isAgency), providers, messengers };
}
