/**
 * - CURSOR_MALFORMED: no cursor of any outbox.
 * - CURSOR_EXPIRED: it stands before what retention has dropped.
 * - CURSOR_FOREIGN: of another outbox, or of a history that this one never had.
 * - SLOW_CONSUMER: more events waited for the reader than may wait.
 */
export type OutboxErrorCode = "CURSOR_MALFORMED" | "CURSOR_EXPIRED" | "CURSOR_FOREIGN" | "SLOW_CONSUMER";

const MESSAGES: Record<OutboxErrorCode, string> = {
  CURSOR_MALFORMED: "This is no cursor.",
  CURSOR_EXPIRED: "Events after this cursor are no longer kept; go on from the cursor given.",
  CURSOR_FOREIGN: "This cursor is of another feed; go on from the cursor given.",
  SLOW_CONSUMER: "Events came faster than they were taken; go on from the cursor given.",
};

/** Why a reader of an outbox got no further, and where he may go on. */
export class OutboxError extends Error {
  constructor(
    readonly code: OutboxErrorCode,
    /** The oldest there is, or, of a slow reader, that of the last event he took. Malformed cursors get none. */
    readonly cursor?: string,
  ) {
    super(MESSAGES[code]);
    this.name = "OutboxError";
  }
}
