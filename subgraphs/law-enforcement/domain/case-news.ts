/** What an advocacy agency is told of a case that is assigned to it: that something happened, never what is known of it. */
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
  "custody-booked",
  "custody-bailed",
  "custody-released",
  "custody-escaped",
  "level-confirmed",
] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/** The topics of the agency's events of which there can be news. */
export const NEWS_TOPICS = ["assignment", "contact", "arrest", "custody", "level"] as const;

/** The news in an event about a person; null: it is none of theirs (L62). Of assignments each case's transfer says it. */
export function newsIn(topic: string, change: string | undefined): NewsKind | null {
  // That an alert is recalled is no arrest.
  const word = topic === "arrest" && change !== "recalled" ? "arrest" : `${topic}-${change ?? ""}`;
  return NEWS_KINDS.find((kind) => kind === word) ?? null;
}
