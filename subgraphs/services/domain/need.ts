/** What an abusive partner needs to change course. Keys are the names on the wire, values those in the records. */
export const NeedKind = {
  HOUSING: "housing",
  EMPLOYMENT: "employment",
  EDUCATION: "education",
  TRANSPORT: "transport",
  FOOD: "food",
  DOCUMENTS: "documents",
  PARENTING: "parenting",
  MENTAL_HEALTH: "mental-health",
  SUBSTANCE_USE: "substance-use",
  LEGAL_HELP: "legal-help",
} as const;
export type NeedKind = (typeof NeedKind)[keyof typeof NeedKind];

/** Why a need is no longer one. */
export const NeedEnd = { MET: "met", GIVEN_UP: "given-up" } as const;
export type NeedEnd = (typeof NeedEnd)[keyof typeof NeedEnd];
