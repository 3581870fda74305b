import type { Logger } from "pino";
import { failureFacts } from "../../../platform/http/failure-facts";
import type { EscalationRules } from "../domain/escalation";
import { openLawEnforcementDatabase } from "./database";
import { escalate } from "./escalate";
import { tellExpiringOrders } from "./expiring-orders";

export interface AlertClockOptions {
  readonly databaseUrl: string;
  readonly rules: EscalationRules;
  readonly now: () => Date;
  readonly log: Logger;
  /** ms between two looks. */
  readonly every?: number;
}

export interface AlertClock {
  close(): Promise<void>;
}

/** Much less than the shortest step that a site would choose. */
const EVERY_MS = 5_000;

/**
 * Looks every few seconds for alerts that nobody confirmed, and for orders about to expire, on a connection of its own: requests that take all of theirs hold
 * no alert up. While the database does not answer it says so once, and goes on.
 *
 * @throws Error when the database does not answer at the start.
 */
export async function startAlertClock(options: AlertClockOptions): Promise<AlertClock> {
  const { databaseUrl, rules, now, log, every = EVERY_MS } = options;
  const database = await openLawEnforcementDatabase(databaseUrl, { poolSize: 1 });
  let lost = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    try {
      const instant = now();
      await escalate(database, rules, instant);
      await tellExpiringOrders(database, rules.ordersEndWithinDays, instant);
      if (lost) log.warn("what is due is told again");
      lost = false;
    } catch (error) {
      if (!lost)
        log.error(failureFacts(error), "what is due cannot be told: escalations, and orders about to expire");
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
