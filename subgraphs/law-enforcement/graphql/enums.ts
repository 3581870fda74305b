import { registerEnumType } from "type-graphql";
import type { HeldFact } from "../domain/countable-facts";
import type { EscalationTarget } from "../domain/escalation";
import type { Mark } from "../domain/level";
import type { Level } from "../domain/tier-rules";
import type { CustodyEventRow, ReleaseConditionRow } from "../store/entities/custody";
import type { Attendance, SpeakerKind } from "../domain/call-in-form";
import type { CallInState } from "../domain/call-in-state";
import type { GateCondition } from "../domain/contact-outcome";
import type { RecallReason } from "../domain/contact-state";
import type { ContactRow, SanctionPromiseRow } from "../store/entities/contact";
import type { JusticeOutreachRow, LethalityScreenRow } from "../store/entities/case-file";
import type { ChargeRow, PriorRecordRow } from "../store/entities/court";
import type { IncidentReviewRow } from "../store/entities/incident";
import type { LevelConfirmationRow } from "../store/entities/level";
import type { InvestigationNoteRow } from "../store/entities/investigation";
import type { PersonRow } from "../store/entities/person";

/**
 * Registers an enum whose names are UPPER_SNAKE and whose values are the stored words. `listed` maps every stored word
 * to true, so that the compiler refuses a list with a word missing.
 */
export function enumOf<Word extends string>(name: string, description: string, listed: Record<Word, true>) {
  const values = Object.fromEntries(
    (Object.keys(listed) as Word[]).map((word) => [word.toUpperCase().replace(/[- ]/g, "_"), word]),
  ) as Record<string, Word>;
  registerEnumType(values, { name, description });
  return values;
}

export const LevelEnum = enumOf<Level>("Level", "The four levels, A the highest (NNSC issue brief).", {
  A: true,
  B: true,
  C: true,
  D: true,
});

export const LevelSetBy = enumOf<LevelConfirmationRow["reason"]>(
  "LevelSetBy",
  "What set a level: PROPOSAL, which a named person confirmed; PANEL, by a recorded vote.",
  { proposal: true, panel: true },
);

export const Sex = enumOf<PersonRow["sex"]>("Sex", "As recorded: male, female, another, unknown.", {
  M: true,
  F: true,
  X: true,
  U: true,
});

export const Disposition = enumOf<ChargeRow["disposition"]>("Disposition", "How a charge ended, if it did.", {
  pending: true,
  convicted: true,
  dismissed: true,
  acquitted: true,
});

export const ChargeProvenance = enumOf<ChargeRow["provenance"]>(
  "ChargeProvenance",
  "Which records a charge comes from: the local arrest or the court's docket.",
  { local: true, court: true },
);

export const HistoryProvenance = enumOf<PriorRecordRow["provenance"]>(
  "HistoryProvenance",
  "Which records an older offence comes from; NCIC is national criminal history (CJIS Security Policy).",
  { local: true, court: true, ncic: true },
);

export const CustodyStatus = enumOf<CustodyEventRow["status"] | "unknown">(
  "CustodyStatus",
  "Custody; UNKNOWN when nothing is recorded or the last record is too old to be relied on.",
  { booked: true, bailed: true, released: true, escaped: true, unknown: true },
);

export const ConditionKind = enumOf<ReleaseConditionRow["kind"]>(
  "ConditionKind",
  "What imposed a condition.",
  {
    bail: true,
    release: true,
    probation: true,
    parole: true,
  },
);

export const ContactMeans = enumOf<ContactRow["means"]>("ContactMeans", "How the abusive partner is told.", {
  letter: true,
  notification: true,
  "custom-notification": true,
  "call-in": true,
});

export const ContactState = enumOf<ContactRow["state"]>(
  "ContactState",
  "Where a contact stands. RELEASED: it may be made. REFUSED: he would not listen. NOT_FOUND: nobody met him. RECALLED: its release was taken back. BREACHED: made without a release that held.",
  {
    planned: true,
    released: true,
    made: true,
    refused: true,
    "not-found": true,
    cancelled: true,
    recalled: true,
    breached: true,
  },
);

export const CallInStateEnum = enumOf<CallInState>(
  "CallInState",
  "Where a call-in stands. HELD: of somebody it was recorded whether he came.",
  { planned: true, held: true, cancelled: true },
);

export const SpeakerKindEnum = enumOf<SpeakerKind>("SpeakerKind", "For whom somebody speaks at a call-in.", {
  "community-voice": true,
  services: true,
  justice: true,
});

export const AttendanceEnum = enumOf<Attendance>(
  "Attendance",
  "Whether somebody who was invited came. REFUSED: he would not come, or would not listen.",
  { attended: true, refused: true, "did-not-come": true },
);

export const RecallReasonEnum = enumOf<RecallReason>(
  "RecallReason",
  "Why a release was taken back. HOLD_PLACED: the advocacy side wants the contact to wait. VICTIM_NOT_TOLD: a victim of his has not been told after all. LEVEL_CHANGED: his level is another one now.",
  { "hold-placed": true, "victim-not-told": true, "level-changed": true, other: true },
);

export const GateConditionEnum = enumOf<GateCondition>(
  "GateCondition",
  "What did not hold when he was contacted. NOT_PLANNED: nobody had planned it. CALLED_OFF: it had been cancelled or recalled. OUTSIDE_RELEASE: before its release, or when that held no more. LEVEL_NOT_IN_FORCE: planned at another level than his, or he was at A or at none. VICTIM_NOT_TOLD: of a victim of his it was not recorded. ADVOCACY_NOT_ASKED: the advocacy side had not said that no hold stands.",
  {
    "not-planned": true,
    "called-off": true,
    "not-released": true,
    "outside-release": true,
    "level-not-in-force": true,
    "victim-not-told": true,
    "advocacy-not-asked": true,
  },
);

export const PromisedTo = enumOf<SanctionPromiseRow["promisedTo"]>(
  "PromisedTo",
  "To whom a promise was made.",
  {
    offender: true,
    victim: true,
    community: true,
  },
);

export const Promised = enumOf<SanctionPromiseRow["promised"]>("Promised", "What was promised.", {
  sanction: true,
  protection: true,
});

export const PromiseState = enumOf<SanctionPromiseRow["state"]>(
  "PromiseState",
  "Whether a promise was kept.",
  {
    open: true,
    kept: true,
    broken: true,
    withdrawn: true,
  },
);

export const OutreachKind = enumOf<JusticeOutreachRow["kind"]>(
  "OutreachKind",
  "How the victim was approached.",
  {
    "victim-notice": true,
    "notice-attempt": true,
    visit: true,
    call: true,
    letter: true,
  },
);

export const OutreachOutcome = enumOf<JusticeOutreachRow["outcome"]>("OutreachOutcome", "What came of it.", {
  reached: true,
  "not-reached": true,
  declined: true,
});

export const GateStateEnum = enumOf<"open" | "closed">(
  "GateState",
  "Whether the abusive partner may be contacted: closed until the victim has been told.",
  { open: true, closed: true },
);

export const ScreenAnswer = enumOf<LethalityScreenRow["answers"][string]>(
  "ScreenAnswer",
  "An answer to a question of the lethality screen.",
  { yes: true, no: true, unknown: true, "not asked": true },
);

export const ReviewKind = enumOf<IncidentReviewRow["kind"]>(
  "ReviewKind",
  "Why a person has to look: nobody knows the relationship, or both sides are recorded as offenders.",
  { "unknown-relationship": true, "dual-party": true },
);

export const NoteKind = enumOf<InvestigationNoteRow["kind"]>(
  "NoteKind",
  "What an investigation note holds.",
  {
    informant: true,
    evidence: true,
    interview: true,
  },
);

export const HeldReason = enumOf<HeldFact["reason"]>(
  "HeldReason",
  "Why a fact does not count before a person has looked at it.",
  {
    "dual-party": true,
    "unreadable-date": true,
    undated: true,
    "unknown-weapon-code": true,
    "unknown-offence-code": true,
    "disposition-unknown": true,
    "unlinked-ipv-charge": true,
  },
);

export const MarkCode = enumOf<Mark["code"]>(
  "MarkCode",
  "What the brief's table of levels has no box for; the person who confirms should see it.",
  {
    PREVIOUS_OFFENCE_OUTSIDE_TABLE: true,
    PROBABLE_CAUSE_WITHOUT_CHARGE: true,
    BEFORE_RULES_IN_EFFECT: true,
  },
);

/** What is told of an order, in the words of the outbox. */
export type OrderChangeWord = "issued" | "served" | "violated" | "expiring";

export const OrderChangeKind = enumOf<OrderChangeWord>(
  "OrderChangeKind",
  "What happened to an order of protection. EXPIRING: it ends within the site's days, unless it is prolonged.",
  { issued: true, served: true, violated: true, expiring: true },
);

export const EscalationTargetEnum = enumOf<EscalationTarget>(
  "EscalationTarget",
  "Whom an alert that nobody confirms is told to. COORDINATOR: nobody is assigned to the case.",
  { "next-on-call": true, supervisor: true, coordinator: true },
);
