import type { DataSource } from "typeorm";
import { appendFrom } from "../../../platform/outbox/append";
import type { Day } from "../domain/calendar";
import { daysOf } from "../domain/in-force";

const DAY_MS = 86_400_000;

const TELL = `
  WITH told AS (
    INSERT INTO order_expiry_notice (order_id, expires_on, told_at)
    SELECT id, expires_on, $1 FROM order_of_protection
    WHERE expires_on BETWEEN $2::date AND $3::date AND issued_on <= $4::date ORDER BY id
    ON CONFLICT DO NOTHING RETURNING *
  )
  ${appendFrom(`
    SELECT 'order' AS topic, person_id AS key, jsonb_build_object('change', 'expiring', 'orderId', id) AS facts,
      told_at AS occurred_at, false AS historic, 'local' AS provenance
    FROM told JOIN order_of_protection ON id = order_id`)}`;

/** The days on which an order ends that is about to: from one that is not over everywhere to so many days from now. */
export function endsSoon(now: Date, withinDays: number): { readonly from: Day; readonly until: Day } {
  const { latest: until } = daysOf(new Date(now.getTime() + withinDays * DAY_MS));
  return { from: daysOf(now).earliest, until };
}

/**
 * Tells of every order in force that ends within so many days, each once however many processes ask, and once more when its
 * end was moved: the notice and the event that tells it are written together.
 */
export async function tellExpiringOrders(database: DataSource, withinDays: number, now: Date): Promise<void> {
  const { from, until } = endsSoon(now, withinDays);
  await database.query(TELL, [now, from, until, daysOf(now).latest]);
}
