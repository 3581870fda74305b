export const HelpPromiseState = {
  OPEN: "open",
  KEPT: "kept",
  BROKEN: "broken",
  WITHDRAWN: "withdrawn",
} as const;
export type HelpPromiseState = (typeof HelpPromiseState)[keyof typeof HelpPromiseState];
