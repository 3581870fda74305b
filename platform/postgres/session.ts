import { PreparingClient } from "./preparing-client";

/** Prepared statements stay while a conference looks at what it was told, and are not made anew for its next question. */
const IDLE_MS = 10 * 60_000;

/**
 * What every connection of an agency's server is, as options of `pg`. A transaction that stands idle keeps every event that
 * is committed after it from being read: it is ended after 30 seconds. What is prepared is planned once a connection, for
 * any parameters: to plan a condition of row access costs the server several times what it costs to run it, and it is
 * looked at by the same index whoever asks.
 */
export const SESSION = {
  Client: PreparingClient,
  idle_in_transaction_session_timeout: 30_000,
  idleTimeoutMillis: IDLE_MS,
  options: "-c plan_cache_mode=force_generic_plan",
} as const;
