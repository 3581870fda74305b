import type { Criterion } from "./tier-rules";

/** All that an advocate is told of why: form L5 of the visibility matrix, "category only". */
export type ReasonCategory =
  | "order violated"
  | "weapon"
  | "third charge"
  | "violent history"
  | "conviction"
  | "second charge"
  | "prohibited behaviour"
  | "first charge"
  | "suspected";

function chargeCategory(atLeast: number): ReasonCategory {
  if (atLeast >= 3) return "third charge";
  return atLeast === 2 ? "second charge" : "first charge";
}

/**
 * The one category of a criterion, whatever facts it holds on: it sees none of them, so that it can tell neither their
 * number nor their source (L12). Charges go by how many the criterion asks for.
 */
export function reasonCategory(criterion: Criterion): ReasonCategory {
  switch (criterion.predicate) {
    case "suspected-ipv":
      return "suspected";
    case "ipv-charges":
      return chargeCategory(criterion.parameters.atLeast);
    case "prohibited-behaviour":
      return "prohibited behaviour";
    case "order-violation":
      return "order violated";
    case "violent-history":
      return "violent history";
    case "ipv-charge-with-weapon":
      return "weapon";
    case "ipv-conviction":
      return "conviction";
  }
}
