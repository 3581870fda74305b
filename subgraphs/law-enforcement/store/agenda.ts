import type { EntityManager } from "typeorm";
import { HISTORIC_AFTER_DAYS } from "../../../platform/outbox/historic";
import type { Caller } from "../../../platform/caller/caller";
import type { AgendaReason } from "../domain/agenda";
import {
  openToCaller,
  visibleContacts,
  visibleOrders,
  visiblePersons,
  type Condition,
} from "../policy/row-access";

/** Why a person is on an agenda. */
export interface AgendaEntry {
  readonly personId: string;
  /** His level in force then, or E when none is: the order of the agenda. */
  readonly rank: string;
  readonly reasons: readonly AgendaReason[];
  /** The latest of what put him there. */
  readonly latestAt: Date;
}

export interface AgendaAfter {
  readonly caller: Caller;
  readonly now: Date;
  /** What is on the agenda was recorded after this, */
  readonly from: Date;
  /** and until this; what stands open stands open at it. */
  readonly until: Date;
  /** What this reader may be told. */
  readonly reasons: readonly AgendaReason[];
  /** Rank and person of the last one read. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

const within = (column: string) => `${column} > :from AND ${column} <= :until`;
/** What was old when it was recorded is no news. */
const fresh = (occurred: string, recorded: string) =>
  `${recorded} - ${occurred} <= make_interval(days => ${HISTORIC_AFTER_DAYS})`;
/** As it was then, whatever became of it since. */
const stoodOpen = (from: string, to: string) => `${from} <= :until AND (${to} IS NULL OR ${to} > :until)`;
const levelThen = (person: string) => `
  SELECT level FROM level_confirmation held WHERE held.person_id = ${person} AND held.confirmed_at <= :until
  ORDER BY held.confirmed_at DESC LIMIT 1`;
const startOf = (day: string) => `CAST(${day} AS timestamp) AT TIME ZONE 'UTC'`;

/** Each part: person, reason, since when. */
function parts(
  caller: Caller,
  now: Date,
): { readonly sql: string; readonly conditions: readonly Condition[] } {
  const open = openToCaller(caller, now);
  const order = visibleOrders(caller, now, { personId: "broken.person_id", caseId: "broken.case_id" });
  const contact = visibleContacts(caller, now, {
    personId: "met.person_id",
    messenger: "met.messenger",
    messengerAgency: "met.messenger_agency",
  });
  const arrest = open.ofIncident("taken.incident_id");
  const promise = open.ofCase("promised.case_id");
  const sql = `
    SELECT set_now.person_id,
      CASE WHEN before.level IS NULL THEN 'new' WHEN set_now.level < before.level THEN 'moved-up' ELSE 'moved-down' END AS reason,
      set_now.confirmed_at AS since
    FROM level_confirmation set_now LEFT JOIN LATERAL (
      SELECT level FROM level_confirmation earlier
      WHERE earlier.person_id = set_now.person_id AND earlier.confirmed_at < set_now.confirmed_at
      ORDER BY earlier.confirmed_at DESC LIMIT 1) before ON true
    WHERE ${within("set_now.confirmed_at")} AND set_now.level IS DISTINCT FROM before.level
    UNION ALL
    SELECT proposal.person_id, 'level-proposed', proposal.proposed_at FROM level_proposal proposal
    WHERE ${stoodOpen("proposal.proposed_at", "proposal.superseded_at")}
      AND NOT EXISTS (SELECT FROM (${levelThen("proposal.person_id")}) in_force WHERE in_force.level <= proposal.level)
    UNION ALL
    SELECT review.person_id, 'level-questioned', review.opened_at FROM level_review review
    WHERE ${stoodOpen("review.opened_at", "review.closed_at")}
    UNION ALL
    SELECT taken.person_id, 'arrested', taken.recorded_at FROM arrest taken
    WHERE taken.person_id IS NOT NULL AND ${within("taken.recorded_at")}
      AND ${fresh(startOf("taken.arrested_on"), "taken.recorded_at")} AND ${arrest.sql}
    UNION ALL
    SELECT broken.person_id, 'order-violated', violation.recorded_at
    FROM order_violation violation JOIN order_of_protection broken ON broken.id = violation.order_id
    WHERE ${within("violation.recorded_at")}
      AND ${fresh(startOf("violation.occurred_on"), "violation.recorded_at")} AND ${order.sql}
    UNION ALL
    SELECT held.person_id, 'custody-changed', held.recorded_at FROM custody_event held
    WHERE ${within("held.recorded_at")} AND ${fresh("held.occurred_at", "held.recorded_at")}
    UNION ALL
    SELECT met.person_id, CASE WHEN met.state = 'breached' THEN 'contact-breached' ELSE 'contact-made' END, met.closed_at
    FROM contact met
    WHERE ${within("met.closed_at")} AND met.state IN ('made', 'refused', 'not-found', 'breached') AND ${contact.sql}
    UNION ALL
    SELECT met.person_id, CASE WHEN met.due_by < :until THEN 'contact-overdue' ELSE 'contact-open' END, met.recorded_at
    FROM contact met
    WHERE ${stoodOpen("met.recorded_at", "met.closed_at")} AND ${contact.sql}
    UNION ALL
    SELECT promised.person_id, 'promise-overdue', promised.recorded_at FROM sanction_promise promised
    WHERE ${stoodOpen("promised.recorded_at", "promised.settled_at")} AND promised.due_on < CAST(CAST(:until AS timestamptz) AS date) AND ${promise.sql}
    UNION ALL
    SELECT promised.person_id, 'promise-broken', promised.settled_at FROM sanction_promise promised
    WHERE promised.state = 'broken' AND ${within("promised.settled_at")} AND ${promise.sql}
    UNION ALL
    SELECT owed.about_id, 'action-overdue', owed.recorded_at FROM conference_action owed
    WHERE owed.about_id IS NOT NULL AND ${stoodOpen("owed.recorded_at", "owed.closed_at")}
      AND owed.due_on < CAST(CAST(:until AS timestamptz) AS date)`;
  return { sql, conditions: [order, contact, arrest, promise] };
}

/**
 * Who is on an agenda, and why, as far as a reader may be told: the highest level first. One statement, whatever the
 * number of persons; a person with no reason that this reader may be told is not on his agenda (L72).
 */
export async function agendaAfter(
  manager: EntityManager,
  { caller, now, from, until, reasons, after, limit }: AgendaAfter,
): Promise<AgendaEntry[]> {
  const { sql, conditions } = parts(caller, now);
  const person = visiblePersons(caller, now, "told.person_id");
  const query = manager
    .createQueryBuilder()
    .select([
      `item."personId" AS "personId"`,
      `item.reasons AS reasons`,
      `item."latestAt" AS "latestAt"`,
      `item.rank AS rank`,
    ])
    .from(
      `(SELECT told.person_id AS "personId", array_agg(DISTINCT told.reason) AS reasons, max(told.since) AS "latestAt",
          coalesce((${levelThen("told.person_id")}), 'E') AS rank
        FROM (${sql}) told
        WHERE told.reason = ANY(:reasons) AND ${person.sql}
        GROUP BY told.person_id)`,
      "item",
    )
    .setParameters({ from, until, reasons });
  for (const { parameters } of [...conditions, person]) query.setParameters(parameters);
  if (after !== null) {
    const [rank, personId] = after;
    query.where(`(item.rank, item."personId") > (:rank, CAST(:personId AS uuid))`, { rank, personId });
  }
  return query.orderBy("item.rank").addOrderBy(`item."personId"`).limit(limit).getRawMany<AgendaEntry>();
}
