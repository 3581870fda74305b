import { PreparingClient } from "./preparing-client";

/**
 * What every connection of an agency's server is, as options of `pg`. A transaction that stands idle keeps every event that
 * is committed after it from being read: it is ended after 30 seconds.
 */
export const SESSION = { Client: PreparingClient, idle_in_transaction_session_timeout: 30_000 } as const;
