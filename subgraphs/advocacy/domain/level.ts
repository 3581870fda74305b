/** The levels of abusive partners, as the partners call them. */
export const LEVELS = ["A", "B", "C", "D"] as const;
export type Level = (typeof LEVELS)[number];
