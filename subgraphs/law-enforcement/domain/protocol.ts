import type { PanelRules } from "./panel";
import type { Level } from "./tier-rules";

/** How he is told. */
export const CONTACT_MEANS = ["letter", "notification", "custom-notification", "call-in"] as const;
export type ContactMeans = (typeof CONTACT_MEANS)[number];

/** What the site does about one level. */
export interface LevelResponse {
  /** How he may be told at this level; empty: no message, levers only (level A). */
  readonly means: readonly ContactMeans[];
  /** Hours from the confirmation of the level; null: no clock. */
  readonly withinHours: number | null;
  /** He is contacted only once every victim of his was told. Always so at level B. */
  readonly gated: boolean;
}

/** A site's protocol table: data, versioned. */
export interface Protocol {
  readonly id: string;
  readonly version: number;
  readonly levels: Readonly<Record<Level, LevelResponse>>;
  /** So many attempts to reach a victim must have failed before a supervisor may sign instead of a notice. */
  readonly failedAttempts: number;
  /** Who must be there, and how many, to lower a level. */
  readonly panel: PanelRules;
  /** So long may a released contact be made; later it is a breach. */
  readonly releaseHoldsHours: number;
}

const HOUR = 3_600_000;

/** Until when the contact should be made; null: the level has no clock. It opens no gate and closes none (L26). */
export function dueBy({ withinHours }: LevelResponse, confirmedAt: Date): Date | null {
  return withinHours === null ? null : new Date(confirmedAt.getTime() + withinHours * HOUR);
}

/** Until when a contact released then may be made. */
export function releaseHoldsUntil({ releaseHoldsHours }: Protocol, releasedAt: Date): Date {
  return new Date(releasedAt.getTime() + releaseHoldsHours * HOUR);
}
