import type { Logger } from "pino";
import { failureFacts } from "../../../platform/http/failure-facts";
import type { EscalationRules } from "../domain/escalation";
import { openLawEnforcementDatabase } from "./database";
import { escalate } from "./escalate";

export interface EscalationClockOptions {
  readonly databaseUrl: string;
  readonly rules: EscalationRules;
  readonly now: () => Date;
  readonly log: Logger;
  /** ms between two looks. */
  readonly every?: number;
}

export interface EscalationClock {
  close(): Promise<void>;
}

/** Much less than the shortest step that a site would choose. */
const EVERY_MS = 5_000;

/**
 * Looks every few seconds for alerts that nobody confirmed, on a connection of its own: requests that take all of theirs hold
 * no alert up. While the database does not answer it says so once, and goes on.
 *
 * @throws Error when the database does not answer at the start.
 */
export async function startEscalating(options: EscalationClockOptions): Promise<EscalationClock> {
  const { databaseUrl, rules, now, log, every = EVERY_MS } = options;
  const database = await openLawEnforcementDatabase(databaseUrl, { poolSize: 1 });
  let lost = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    try {
      await escalate(database, rules, now());
      if (lost) log.warn("alerts escalate again");
      lost = false;
    } catch (error) {
      if (!lost) log.error(failureFacts(error), "alerts that nobody confirms cannot be escalated");
      lost = true;
    }
    if (closed) return;
    timer = setTimeout(() => {
      looking = look();
    }, every).unref();
  }

  let looking = look();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await looking;
      await database.destroy();
    },
  };
}
