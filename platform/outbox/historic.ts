/**
 * Days. What happened longer before it was recorded calls nobody out: records taken over from past years would ring every phone, and
 * what rings for nothing is not answered when it matters. More than a week lies between a fact and its record where records are
 * taken over once a week. Site choice (assumption).
 */
export const HISTORIC_AFTER_DAYS = 14;

const DAY = 86_400_000;

/** Whether a fact was old when it was recorded. It is told of all the same, marked as historic. */
export function isHistoric(occurredAt: Date, recordedAt: Date): boolean {
  return recordedAt.getTime() - occurredAt.getTime() > HISTORIC_AFTER_DAYS * DAY;
}
