import type { Batch, Row } from "../batch";

/** What the seed writes into the justice database, in an order that meets every foreign key. */
// prettier-ignore
export const JUSTICE_TABLES = {
  reporting_agency: ["ori", "name"],
  person: ["id", "source", "source_key", "family_name", "given_name", "aliases", "date_of_birth", "sex", "state_id",
    "address", "phone", "recorded_at"],
  victim: ["id", "source", "source_key", "family_name", "given_name", "date_of_birth", "address",
    "address_is_substitute", "phone", "recorded_at"],
  incident: ["id", "source", "source_key", "ori", "case_number", "occurred_on", "occurred_hour", "date_is_report",
    "exceptional_clearance", "narrative", "conference_summary", "intimate_partner", "dual_party",
    "source_fingerprint", "recorded_at", "updated_at"],
  offence: ["id", "incident_id", "source_key", "code", "title", "completed", "order_violation"],
  offence_weapon: ["offence_id", "code"],
  incident_subject: ["id", "incident_id", "source_key", "person_id", "age", "sex"],
  incident_victim: ["id", "incident_id", "source_key", "victim_id", "type_code", "age", "sex"],
  victim_offence: ["incident_victim_id", "offence_id"],
  victim_injury: ["incident_victim_id", "code"],
  relationship: ["incident_victim_id", "incident_subject_id", "code", "stated", "class"],
  arrest: ["id", "source", "source_key", "incident_id", "incident_subject_id", "person_id", "arrested_on",
    "type_code", "offence_code", "recorded_at"],
  incident_review: ["id", "incident_id", "kind", "opened_at", "resolved_at", "resolved_by", "resolution"],
  case_file: ["id", "person_id", "victim_id", "assigned_agency", "assigned_at", "opened_at"],
  charge: ["id", "source", "source_key", "person_id", "incident_id", "offence_code", "title", "ipv", "weapon_codes",
    "docket", "filed_on", "court_date", "disposition", "disposition_on", "provenance", "recorded_at"],
  prior_record: ["id", "person_id", "provenance", "offence_code", "title", "ipv", "occurred_on", "disposition",
    "recorded_at"],
  order_of_protection: ["id", "case_id", "person_id", "docket", "terms", "terms_for_provider",
    "protected_addresses", "issued_on", "served_on", "expires_on", "recorded_at"],
  order_violation: ["id", "order_id", "incident_id", "occurred_on", "recorded_at"],
  custody_event: ["id", "person_id", "status", "facility", "occurred_at", "release_expected_at", "recorded_at"],
  release_condition: ["id", "person_id", "kind", "terms", "terms_for_provider", "effective_from",
    "effective_until", "supervising_officer", "recorded_at"],
  prohibited_behaviour: ["id", "person_id", "condition_id", "occurred_on", "description", "recorded_at"],
  warrant: ["id", "person_id", "number", "offence_title", "issued_on", "cleared_on", "recorded_at"],
  investigation_note: ["id", "incident_id", "kind", "text", "recorded_at"],
  intelligence: ["id", "person_id", "group_nexus", "suspicion_basis", "recorded_at"],
  safe_contact_rule: ["victim_id", "may_call", "may_write", "may_leave_message", "hours", "language", "recorded_at"],
  lethality_screen: ["id", "case_id", "incident_id", "answers", "high_danger", "screened_at"],
  justice_outreach: ["id", "case_id", "kind", "outcome", "made_at", "made_by", "recorded_at"],
  referral_agreement: ["person_id", "provider_agency", "agreed_at", "withdrawn_at", "recorded_by", "recorded_at",
    "withdrawal_recorded_by", "withdrawal_recorded_at"],
  conflict_of_interest: ["id", "agency", "subject", "case_id", "person_id", "why", "recorded_by", "recorded_at", "ended_by",
    "ended_at", "request_key"],
  compartment: ["case_id", "opened_by", "opened_at"],
  compartment_reader: ["case_id", "agency", "subject", "named_by", "named_at"],
  contact: ["id", "person_id", "level", "means", "state", "planned_for", "place", "help_offered", "messenger",
    "messenger_agency", "made_at", "recorded_at", "planned_by", "gated", "attempts_needed", "due_by", "released_at",
    "released_by", "made_by", "message", "closed_at", "closed_by", "recall_reason"],
  gate_breach: ["id", "contact_id", "failed", "reported_by", "reported_at", "review", "reviewed_by", "reviewed_at"],
  contact_clearance: ["contact_id", "answered_at"],
  attempts_sign_off: ["contact_id", "case_id", "signed_by", "signed_at"],
  exposure_letter: ["id", "person_id", "text", "drafted_at", "approved_by", "served_on"],
  sanction_promise: ["id", "person_id", "promised_to", "case_id", "text", "owner_agency", "due_on", "state", "recorded_at"],
  lever_pull: ["id", "person_id", "kind", "record_id", "state", "tried", "tried_at", "tried_by", "recorded_by",
    "recorded_at", "note", "ended_by", "ended_at"],
  conference: ["id", "starts_at", "place", "state", "agenda_from", "planned_by", "recorded_at", "closed_at", "closed_by"],
  conference_attendee: ["conference_id", "agency", "subject"],
  conference_decision: ["id", "conference_id", "person_id", "kind", "level", "recorded_by", "recorded_at"],
  conference_action: ["id", "conference_id", "person_id", "text", "owner_agency", "owner", "due_on", "state", "recorded_by",
    "recorded_at", "closed_at", "closed_by"],
} as const;

/** What is written after the levels, because it follows from them. */
export const PROTOCOL_TABLES = [
  "justice_outreach",
  "referral_agreement",
  "contact",
  "contact_clearance",
  "gate_breach",
  "attempts_sign_off",
  "exposure_letter",
  "sanction_promise",
  "lever_pull",
  "conference",
  "conference_attendee",
  "conference_decision",
  "conference_action",
] as const;
/** What is written before the levels, because they follow from it. */
export const FACT_TABLES = (Object.keys(JUSTICE_TABLES) as (keyof JusticeTables)[]).filter(
  (table) => !PROTOCOL_TABLES.some((later) => later === table),
);

export type JusticeTables = typeof JUSTICE_TABLES;
export type JusticeRow<Name extends keyof JusticeTables> = Row<JusticeTables, Name>;
export type JusticeBatch = Batch<JusticeTables>;
