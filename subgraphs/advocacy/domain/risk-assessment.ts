export const RiskAnswerValue = {
  YES: "yes",
  NO: "no",
  UNKNOWN: "unknown",
  NOT_ASKED: "not asked",
} as const;
export type RiskAnswerValue = (typeof RiskAnswerValue)[keyof typeof RiskAnswerValue];

/** Answers as they are kept: by the item's number. */
export type Answers = Readonly<Record<string, RiskAnswerValue>>;

/** The answers in the order of their items: 2 before 10, and 10 before 10a. */
export function inItemOrder(answers: Answers): { item: string; answer: RiskAnswerValue }[] {
  return Object.entries(answers)
    .map(([item, answer]) => ({ item, answer }))
    .sort((a, b) => a.item.localeCompare(b.item, "en", { numeric: true }));
}
