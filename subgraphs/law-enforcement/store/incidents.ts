import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { visibleIncidents } from "../policy/row-access";
import { IncidentReviewRow } from "./entities/incident";

export interface ReviewsAfter {
  readonly caller: Caller;
  readonly now: Date;
  readonly kind: IncidentReviewRow["kind"] | null;
  readonly afterId: string | null;
  readonly limit: number;
}

/** The open reviews of incidents that the caller may see, oldest first. */
export function openReviews(
  manager: EntityManager,
  { caller, now, kind, afterId, limit }: ReviewsAfter,
): Promise<IncidentReviewRow[]> {
  const visible = visibleIncidents(caller, now, "review.incident_id");
  const query = manager
    .createQueryBuilder(IncidentReviewRow, "review")
    .where("review.resolved_at IS NULL")
    .andWhere(visible.sql, visible.parameters);
  if (kind !== null) query.andWhere("review.kind = :kind", { kind });
  if (afterId !== null) {
    query.andWhere(
      "(review.opened_at, review.id) > (SELECT opened_at, id FROM incident_review WHERE id = :afterId)",
      { afterId },
    );
  }
  return query.orderBy("review.openedAt").addOrderBy("review.id").limit(limit).getMany();
}
