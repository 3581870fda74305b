import type { ActionState } from "../../../platform/conference-action/action";
import type { AgendaReason } from "../domain/agenda";
import type { ConferenceDecisionRow, ConferenceRow } from "../store/entities/conference";
import { enumOf } from "./enums";

export const ConferenceStateEnum = enumOf<ConferenceRow["state"]>(
  "ConferenceState",
  "Where a conference stands.",
  { planned: true, closed: true, cancelled: true },
);

export const ConferenceDecisionKind = enumOf<ConferenceDecisionRow["kind"]>(
  "ConferenceDecisionKind",
  "CONFIRMED: a proposed level. KEPT: his level stays. SETTLED: nothing is open. LOWERED: by the votes of a panel.",
  { confirmed: true, kept: true, settled: true, lowered: true },
);

export const ConferenceActionState = enumOf<ActionState>("ConferenceActionState", "Where an action stands.", {
  open: true,
  done: true,
  dropped: true,
});

export const AgendaReasonEnum = enumOf<AgendaReason>(
  "AgendaReason",
  "Why a person is on an agenda: what happened since the conference before, and what stands open.",
  {
    new: true,
    "moved-up": true,
    "moved-down": true,
    "level-proposed": true,
    "level-questioned": true,
    arrested: true,
    "order-violated": true,
    "custody-changed": true,
    "contact-made": true,
    "contact-breached": true,
    "contact-open": true,
    "contact-overdue": true,
    "promise-overdue": true,
    "promise-broken": true,
    "action-overdue": true,
  },
);
