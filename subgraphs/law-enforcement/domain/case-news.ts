/** What events say of a case to the advocacy agency that it is assigned to: that something happened, never what is known of it. */
const KINDS_OF_EVENTS = [
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
  "custody-booked",
  "custody-bailed",
  "custody-released",
  "custody-escaped",
  "level-confirmed",
] as const;
/** That an arrest which it was told of is his no more. The records say so, not an event: those are dropped with their month. */
export const ARREST_RECALLED = "arrest-recalled";
export type NewsKind = (typeof KINDS_OF_EVENTS)[number] | typeof ARREST_RECALLED;

/** The topics of the agency's events of which there can be news. */
export const NEWS_TOPICS = ["assignment", "contact", "arrest", "custody", "level"] as const;

/** The news in an event about a person; null: it is none of theirs (L62). Of assignments each case's transfer says it. */
export function newsIn(topic: string, change: string | undefined): NewsKind | null {
  // That an alert is recalled is no arrest, and is told of what the agency was told, not of what an event names.
  const word = topic === "arrest" && change !== "recalled" ? "arrest" : `${topic}-${change ?? ""}`;
  return KINDS_OF_EVENTS.find((kind) => kind === word) ?? null;
}
