import { appendFrom } from "../../../platform/outbox/append";
import { HISTORIC_AFTER_DAYS } from "../../../platform/outbox/historic";

/**
 * Tells of the arrests that a batch recorded for the first time, of persons who are known: of others nobody could be told.
 * The last statement of the batch, for others who tell of the same persons wait from here to its end. Parameters: $1 and
 * $2, the keys of the first and the last incident of the batch; $3 the source.
 */
export const tellOfArrests = appendFrom(`
  SELECT 'arrest' AS topic, a.person_id AS key, jsonb_build_object('change', 'recorded', 'arrestId', a.id) AS facts,
    a.arrested_on::timestamp AT TIME ZONE 'UTC' AS occurred_at,
    now() - a.arrested_on::timestamp AT TIME ZONE 'UTC' > interval '${HISTORIC_AFTER_DAYS} days' AS historic,
    'local' AS provenance
  FROM import_staging.work w
  JOIN arrest a ON a.incident_id = w.id
  WHERE w.incident_key BETWEEN $1 AND $2 AND w.state <> 'unchanged' AND a.source = $3 AND a.person_id IS NOT NULL
    -- The transaction's own instant: of this batch.
    AND a.recorded_at = now()`);
