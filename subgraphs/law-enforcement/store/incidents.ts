import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { visibleIncidents } from "../policy/row-access";
import { IncidentReviewRow } from "./entities/incident";

/** As a cursor writes it: the database counts finer, and would give the last row of a page again. */
const OPENED = "date_trunc('milliseconds', review.opened_at)";

export interface ReviewsAfter {
  readonly caller: Caller;
  readonly now: Date;
  readonly kind: IncidentReviewRow["kind"] | null;
  /** When the last one read was opened, and its id. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** The open reviews of incidents that the caller may see, oldest first. */
export function openReviews(
  manager: EntityManager,
  { caller, now, kind, after, limit }: ReviewsAfter,
): Promise<IncidentReviewRow[]> {
  const visible = visibleIncidents(caller, now, "review.incident_id");
  const query = manager
    .createQueryBuilder(IncidentReviewRow, "review")
    .where("review.resolved_at IS NULL")
    .andWhere(visible.sql, visible.parameters);
  if (kind !== null) query.andWhere("review.kind = :kind", { kind });
  if (after !== null) {
    const [openedAt, id] = after;
    query.andWhere(`(${OPENED}, review.id) > (:openedAt, :id)`, { openedAt, id });
  }
  return query.orderBy(OPENED).addOrderBy("review.id").limit(limit).getMany();
}
