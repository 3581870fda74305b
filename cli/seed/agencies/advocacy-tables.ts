import type { Level } from "../../../subgraphs/law-enforcement/domain/tier-rules";
import type { Batch } from "../batch";
import type { Couple } from "../justice/city";
import type { Random } from "../random";

/** What the seed writes into one community agency's database. */
// prettier-ignore
export const ADVOCACY_TABLES = {
  case_assignment: ["case_id", "assigned_at", "advocate"],
  client: ["id", "case_id", "preferred_name", "phone", "address", "registered_at"],
  client_address: ["id", "client_id", "address", "recorded_at", "recorded_by"],
  safe_contact: ["id", "case_id", "may_call", "may_write", "may_leave_message", "may_visit", "hours_from", "hours_until",
    "language", "told_at", "recorded_at", "recorded_by"],
  outreach: ["id", "case_id", "kind", "outcome", "made_at", "made_by", "note", "recorded_at"],
  outreach_task: ["id", "case_id", "kind", "state", "event_id", "opened_on", "opened_at", "due_at", "contact_id",
    "hours_before_contact", "taken_by", "taken_at", "closed_by", "closed_at", "outreach_id", "reason", "recalled_at"],
  victim_letter: ["id", "case_id", "state", "text", "language", "template_id", "template_version", "pdf", "pdf_hash",
    "drafted_at", "drafted_by", "approved_at", "approved_by", "closed_at", "closed_by"],
  risk_assessment: ["id", "case_id", "client_id", "instrument", "instrument_version", "answers", "outcome", "score", "band",
    "note", "assessed_at", "assessed_by", "recorded_at", "outreach_id", "corrects_id"],
  safety_plan: ["client_id", "text", "updated_at"],
  release: ["id", "case_id", "discloser", "recipient_agency", "recipient_subject", "recipient_name", "elements", "purpose",
    "starts_at", "expires_at", "language", "explained_by", "signed_copy", "recorded_at", "recorded_by", "mutation_key",
    "input_digest"],
  conflict_of_interest: ["id", "agency", "subject", "case_id", "why", "recorded_by", "recorded_at", "ended_by", "ended_at",
    "mutation_key"],
  conference_action: ["id", "conference_id", "about_id", "text", "owner_agency", "owner", "due_on", "state", "recorded_by",
    "recorded_at", "closed_at", "closed_by"],
  release_revocation: ["release_id", "revoked_at", "revoked_by", "mutation_key"],
} as const;

export type AdvocacyBatch = Batch<typeof ADVOCACY_TABLES>;

/** A case as it came to an agency. */
export interface AssignedCase {
  readonly couple: Couple;
  readonly level: Level | null;
  readonly random: Random;
  /** The case of the person whom examples ask for: nothing is missing. */
  readonly first: boolean;
}
