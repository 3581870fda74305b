/** Where an action stands that an agency took on at a conference of the partners. */
export const ACTION_STATES = ["open", "done", "dropped"] as const;
export type ActionState = (typeof ACTION_STATES)[number];
export type ActionEvent = "finish" | "drop";

/** What each event does in each state; null: it is over. A missing cell does not compile. */
const MOVES: Readonly<Record<ActionState, Readonly<Record<ActionEvent, ActionState | null>>>> = {
  open: { finish: "done", drop: "dropped" },
  done: { finish: null, drop: null },
  dropped: { finish: null, drop: null },
};

/** The state of an action after an event; null: it is over (C1). */
export const actionAfter = (state: ActionState, event: ActionEvent): ActionState | null =>
  MOVES[state][event];

const DAY_MS = 86_400_000;
/** Nothing is taken on for further ahead. */
const LONGEST_AHEAD_DAYS = 366;

/** Why a day is none for an action to be due on; null: it is (C2). A day of grace is left for the site's time zone. */
export function dueDayFault(dueOn: string, now: Date): "IN_THE_PAST" | "TOO_FAR_AHEAD" | null {
  const day = (shift: number) => new Date(now.getTime() + shift * DAY_MS).toISOString().slice(0, 10);
  if (dueOn < day(-1)) return "IN_THE_PAST";
  return dueOn > day(LONGEST_AHEAD_DAYS) ? "TOO_FAR_AHEAD" : null;
}
