import type { Level } from "./level";

/** That an arrest which the agency was told of is his no more: it was another man's, or is sealed, and which is not said. */
export const ARREST_RECALLED = "arrest-recalled";

/** What law enforcement may tell of a case that is assigned to the agency. */
export const NEWS_KINDS = [
  "case-assigned",
  "case-left",
  "contact-planned",
  "contact-moved",
  "contact-released",
  "contact-made",
  "contact-refused",
  "contact-not-found",
  "contact-cancelled",
  "contact-recalled",
  "contact-breached",
  "arrest",
  ARREST_RECALLED,
  "custody-booked",
  "custody-bailed",
  "custody-released",
  "custody-escaped",
  "level-confirmed",
] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/** One piece of news. */
export interface CaseNews {
  readonly eventId: string;
  readonly caseId: string;
  readonly kind: NewsKind;
  readonly contactId: string | null;
  /** Of the contact, else the one in force. */
  readonly level: Level | null;
  readonly occurredAt: Date;
  /** When a contact is to be made. */
  readonly plannedFor: Date | null;
  /** It happened long before it was recorded: nobody is sent out for it. */
  readonly historic: boolean;
}
