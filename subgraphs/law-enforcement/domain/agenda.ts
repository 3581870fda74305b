/**
 * Why a person is on the agenda of a conference: something happened since the last one, or stands open (NNSC training slides,
 * case conference: new and moved cases, holds, overdue promises, actions).
 */
export const AGENDA_REASONS = [
  "new",
  "moved-up",
  "moved-down",
  "level-proposed",
  "level-questioned",
  "arrested",
  "order-violated",
  "custody-changed",
  "contact-made",
  "contact-breached",
  "contact-open",
  "contact-overdue",
  "promise-overdue",
  "promise-broken",
  "action-overdue",
] as const;
export type AgendaReason = (typeof AGENDA_REASONS)[number];
