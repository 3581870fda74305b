import type { Batch } from "../batch";

/** What the seed writes into the services' database. */
// prettier-ignore
export const SERVICES_TABLES = {
  provider: ["id", "agency", "name", "languages", "capacity", "hours", "area"],
  provider_service: ["agency", "service", "places", "recorded_by", "recorded_at"],
  victim_side_employee: ["id", "agency", "subject", "recorded_by", "recorded_at", "ended_by", "ended_at"],
  referral: ["id", "person_id", "provider_agency", "service", "part2", "state", "consented_at", "referred_at", "referred_by",
    "consent_recorded_by", "partners_may_know", "answered_by", "answered_at", "closed_by", "closed_at"],
  part2_consent: ["id", "referral_id", "recipient_agency", "given_at", "expires_at", "recorded_by", "recorded_at",
    "revoked_at", "revoked_by"],
  need: ["id", "person_id", "kind", "stated_at", "passed_on", "recorded_by", "recorded_at", "referral_id", "closed_as",
    "closed_by", "closed_at"],
  help_promise: ["id", "person_id", "text", "due_on", "owner_agency", "state", "recorded_at", "promised_to", "made_by",
    "referral_id", "settled_by", "settled_at"],
  small_help: ["id", "person_id", "kind", "what_for", "amount", "state", "referral_id", "requested_by", "requested_agency",
    "requested_at", "decided_by", "decided_at", "delivered_by", "delivered_at"],
  conflict_of_interest: ["id", "agency", "subject", "person_id", "why", "recorded_by", "recorded_at", "ended_by", "ended_at"],
  conference_action: ["id", "conference_id", "about_id", "text", "owner_agency", "owner", "due_on", "state", "recorded_by",
    "recorded_at", "closed_at", "closed_by", "referral_id"],
  engagement: ["id", "referral_id", "attended_on", "attended", "recorded_by", "recorded_at"],
} as const;

export type ServicesBatch = Batch<typeof SERVICES_TABLES>;

/** The services that answer a need. */
export const ANSWERS = {
  housing: "housing",
  employment: "employment",
  education: "education",
  transport: null,
  food: null,
  documents: "legal-help",
  parenting: "parenting",
  "mental-health": "mental-health",
  "substance-use": "substance-use-treatment",
  "legal-help": "legal-help",
} as const;
export type Need = keyof typeof ANSWERS;
export const NEEDS = Object.keys(ANSWERS) as Need[];
export type Service = Exclude<(typeof ANSWERS)[Need], null> | "intervention-programme";
