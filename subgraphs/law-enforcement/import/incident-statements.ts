/*
 * The statements that write the incidents of a batch, their arrests and their reviews. Parameters: $1 and $2, the keys of
 * the first and the last incident of the batch; $3 the source.
 */

const range = "w.incident_key BETWEEN $1 AND $2";
const staged = `import_staging.work w
    JOIN import_staging.incident s ON s.incident_key = w.incident_key AND s.incident_key BETWEEN $1 AND $2
    LEFT JOIN import_staging.flags f ON f.incident_key = w.incident_key`;

/** Inserts the new incidents of a batch. */
export const insertIncidents = `
  INSERT INTO incident (id, source, source_key, ori, case_number, occurred_on, occurred_hour, date_is_report,
    exceptional_clearance, narrative, conference_summary, intimate_partner, dual_party, source_fingerprint)
  SELECT w.id, $3, w.incident_key, s.ori, s.case_number, s.occurred_on, s.occurred_hour, coalesce(s.date_is_report, false),
    s.exceptional_clearance, s.narrative, s.conference_summary, coalesce(f.partner, false),
    coalesce(f.dual_party, false), w.fingerprint
  FROM ${staged} WHERE ${range} AND w.state = 'new' ORDER BY w.incident_key`;

/**
 * Updates the changed ones. A text the source does not have is left as it is. The dual-party mark is never taken away
 * here: only the person who closes the review takes it away, and after that the review's word stands.
 */
export const updateIncidents = `
  UPDATE incident i SET ori = s.ori, case_number = coalesce(s.case_number, i.case_number), occurred_on = s.occurred_on,
    occurred_hour = s.occurred_hour, date_is_report = coalesce(s.date_is_report, false),
    exceptional_clearance = s.exceptional_clearance, narrative = coalesce(s.narrative, i.narrative),
    conference_summary = coalesce(s.conference_summary, i.conference_summary),
    intimate_partner = coalesce(f.partner, false),
    dual_party = CASE WHEN EXISTS (SELECT FROM incident_review r
        WHERE r.incident_id = i.id AND r.kind = 'dual-party' AND r.resolved_at IS NOT NULL)
      THEN i.dual_party ELSE i.dual_party OR coalesce(f.dual_party, false) END,
    source_fingerprint = w.fingerprint, updated_at = now()
  FROM ${staged} WHERE ${range} AND w.state = 'changed' AND i.id = w.id`;

/** Opens the reviews of a batch; one that is open or resolved already stays as it is. */
export const openReviews = `
  INSERT INTO incident_review (incident_id, kind)
  SELECT w.id, kind FROM import_staging.work w JOIN import_staging.flags f ON f.incident_key = w.incident_key,
    LATERAL (VALUES ('unknown-relationship', f.unknown), ('dual-party', f.dual_party)) AS review (kind, needed)
  WHERE ${range} AND w.state <> 'unchanged' AND needed
  ON CONFLICT (incident_id, kind) DO NOTHING`;

/** Closes nothing that a person has to look at: only an open question that the source has answered since goes away. */
export const dropAnsweredReviews = `
  DELETE FROM incident_review r USING import_staging.work w
  LEFT JOIN import_staging.flags f ON f.incident_key = w.incident_key
  WHERE ${range} AND w.state = 'changed' AND r.incident_id = w.id AND r.kind = 'unknown-relationship'
    AND r.resolved_at IS NULL AND NOT coalesce(f.unknown, false)`;

/** Writes the arrests of a batch. An arrest is known by its own key: the source may move it to another incident. */
export const writeArrests = `
  INSERT INTO arrest (source, source_key, incident_id, incident_subject_id, person_id, arrested_on, type_code, offence_code)
  SELECT $3, s.part_key, w.id, u.id, u.person_id, s.arrested_on, s.type_code, s.offence_code
  FROM import_staging.work w
  JOIN import_staging.arrest s ON s.incident_key = w.incident_key AND s.incident_key BETWEEN $1 AND $2
  LEFT JOIN import_staging.subject u ON u.part_key = s.subject_key AND u.incident_key BETWEEN $1 AND $2
  WHERE ${range} AND w.state <> 'unchanged' ORDER BY w.incident_key
  ON CONFLICT (source, source_key) DO UPDATE SET incident_id = excluded.incident_id,
    incident_subject_id = coalesce(excluded.incident_subject_id, arrest.incident_subject_id),
    person_id = coalesce(excluded.person_id, arrest.person_id), arrested_on = excluded.arrested_on,
    type_code = excluded.type_code, offence_code = excluded.offence_code`;

/** Deletes the arrests of changed incidents that the source no longer has. */
export const deleteVanishedArrests = `
  DELETE FROM arrest a USING import_staging.work w
  WHERE ${range} AND w.state = 'changed' AND a.incident_id = w.id AND a.source = $3
    AND NOT EXISTS (SELECT FROM import_staging.arrest s
      WHERE s.incident_key = w.incident_key AND s.part_key COLLATE "default" = a.source_key)`;
