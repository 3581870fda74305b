/**
 * Says "look": that something may be new, never what. A wake-up may come twice, late or not at all, so whoever listens
 * also looks by himself now and then; what is written down is never lost by it.
 */
export interface WakeUpBus {
  /** Wakes every subscriber of the topic, in this process and in others, if it can. Nobody waits for it. */
  publish(topic: string): void;
  /** Calls `listener` after each wake-up, and after the bus had been lost and is back. Returns what ends it. */
  subscribe(topic: string, listener: () => void): () => void;
  /** Ends it: no listener is called any more. May be called twice. */
  close(): Promise<void>;
}

/** Told once when a bus loses its server, and once when it has it again: a line in the log. */
export type BusNotice = (what: "lost" | "back") => void;
