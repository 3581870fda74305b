import type { Level } from "./tier-rules";

/** What minutes are made of: rows of the justice side, none of which has a column for what somebody said. */
export interface Minuted {
  readonly startsAt: Date;
  readonly closedAt: Date;
  readonly attendees: readonly { readonly agency: string; readonly subject: string }[];
  readonly decisions: readonly {
    readonly personId: string;
    readonly kind: "confirmed" | "kept" | "settled" | "lowered";
    readonly level: Level | null;
  }[];
  /** Whom the justice side took something on about, and by when: not what. */
  readonly actions: readonly { readonly ownerAgency: string; readonly dueOn: string }[];
}

const SAID: Readonly<Record<Minuted["decisions"][number]["kind"], string>> = {
  confirmed: "level confirmed",
  kept: "level kept",
  settled: "settled",
  lowered: "level lowered by a panel",
};

/** The minutes of a conference, line by line. They carry no word that was said there, and nothing of an advocacy agency's (L74). */
export function minutesOf({ startsAt, closedAt, attendees, decisions, actions }: Minuted): string[] {
  return [
    `Held ${startsAt.toISOString()}, closed ${closedAt.toISOString()}.`,
    ...attendees.map(({ agency, subject }) => `Present: ${subject} (${agency}).`),
    ...decisions.map(
      ({ personId, kind, level }) => `${personId}: ${SAID[kind]}${level === null ? "" : `, ${level}`}.`,
    ),
    ...actions.map(({ ownerAgency, dueOn }) => `Action: ${ownerAgency}, due ${dueOn}.`),
  ];
}
