import type { Day } from "./calendar";
import { LINE, textsFault, type TextFault } from "./contact-form";
import { hasBegun } from "./in-force";

/** The records that a court's order names. */
export interface NamedRecords {
  readonly incidentIds: readonly string[];
  readonly arrestIds: readonly string[];
  readonly chargeIds: readonly string[];
}

/** A court's order to seal, as somebody tells it. */
export interface ToldExpungement extends NamedRecords {
  readonly court: string;
  readonly orderNumber: string;
  readonly orderedOn: Day;
}

export type ExpungementFault = TextFault | "NOTHING_NAMED" | "NAMED_TWICE" | "TOO_MANY" | "IN_THE_FUTURE";

/** Records of one order: more than this is told as several. */
const MOST_NAMED = 100;

/** What is wrong with an order as it was told (L90); null: nothing. */
export function expungementFault(told: ToldExpungement, now: Date): ExpungementFault | null {
  const { incidentIds, arrestIds, chargeIds, court, orderNumber, orderedOn } = told;
  const named = [...incidentIds, ...arrestIds, ...chargeIds].map((id) => id.toLowerCase());
  if (named.length === 0) return "NOTHING_NAMED";
  if (named.length > MOST_NAMED) return "TOO_MANY";
  if (new Set(named).size < named.length) return "NAMED_TWICE";
  if (!hasBegun(orderedOn, now)) return "IN_THE_FUTURE";
  return textsFault([court, LINE], [orderNumber, LINE]);
}

/** True for an order from before the first of what it names: no court seals what has not happened. */
export function isBeforeAll(orderedOn: Day, days: readonly Day[]): boolean {
  return days.every((day) => orderedOn < day);
}
