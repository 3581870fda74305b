import type { Scope } from "../../../policy/matrix";
import { AGENDA_REASONS, type AgendaReason } from "../domain/agenda";

/** What a reader must be able to see for a reason to be told him: the element of the matrix that it is of (L72). */
const TOLD_TO: Readonly<Record<AgendaReason, Scope>> = {
  new: "tier:F",
  "moved-up": "tier:F",
  "moved-down": "tier:F",
  // That there is a proposal tells what it rests on.
  "level-proposed": "tier-reasons:F",
  // Nor is it told that a fact was lost on which a level rests, but to who may read its reasons.
  "level-questioned": "tier-reasons:F",
  // An advocate is told of arrests of her own cases by the alert; of others' cases never.
  arrested: "charges:F",
  "order-violated": "orders:F",
  "custody-changed": "custody:F",
  "contact-made": "contact-record:F",
  "contact-breached": "contact-record:F",
  "contact-open": "contact-record:F",
  "contact-overdue": "contact-record:F",
  "promise-overdue": "promises:F",
  "promise-broken": "promises:F",
  "action-overdue": "tier-reasons:F",
};

/** The reasons that a reader may be told. */
export function agendaReasonsFor(scopes: ReadonlySet<string>): readonly AgendaReason[] {
  return AGENDA_REASONS.filter((reason) => scopes.has(TOLD_TO[reason]));
}
