import type { Danger, EscalationRules, UnconfirmedAlert } from "./escalation";

/** One question of the escalation of an alert, and its answer. */
export interface EscalationCase {
  readonly title: string;
  readonly alert: Partial<Omit<UnconfirmedAlert, "recordedAt" | "since">>;
  /** Seconds since the alert was recorded, and since its agency was assigned. */
  readonly age: number;
  readonly assignedFor?: number;
  readonly danger?: Danger;
  readonly acknowledgedBy?: readonly string[];
  readonly quiet?: boolean;
  readonly due: readonly string[];
}

/** Quiet all day, or never: so that the answer does not hang on the hour at which it is asked. */
export const RULES: EscalationRules = {
  kinds: ["arrest", "released", "escaped"],
  levels: ["A", "B", "C"],
  steps: [
    { to: "next-on-call", afterSeconds: 300 },
    { to: "supervisor", afterSeconds: 900 },
  ],
  quietHours: null,
  timeZone: "America/New_York",
  ordersEndWithinDays: 14,
};
export const QUIET_RULES: EscalationRules = { ...RULES, quietHours: { from: "00:00", until: "24:00" } };

const C: Danger = { level: "C", screenedHigh: false };
const D: Danger = { level: "D", screenedHigh: false };
const B: Danger = { level: "B", screenedHigh: false };
const HARBOR = "harbor-house";

/** The table that the function and the statement are both held to. */
export const ESCALATION_CASES: readonly EscalationCase[] = [
  { title: "a second too early", alert: {}, age: 299, danger: C, due: [] },
  { title: "at the first step", alert: {}, age: 300, danger: C, due: ["1 next-on-call"] },
  { title: "before the second step", alert: {}, age: 899, danger: C, due: ["1 next-on-call"] },
  { title: "at the second", alert: {}, age: 900, danger: C, due: ["1 next-on-call", "2 supervisor"] },
  { title: "historic", alert: { historic: true }, age: 900, danger: B, due: [] },
  { title: "recalled", alert: { recalled: true }, age: 900, danger: B, due: [] },
  { title: "of a kind left out", alert: { kind: "booked" }, age: 900, danger: B, due: [] },
  { title: "released", alert: { kind: "released" }, age: 300, danger: C, due: ["1 next-on-call"] },
  { title: "of a level left out", alert: {}, age: 900, danger: D, due: [] },
  { title: "without a level, left out", alert: {}, age: 900, due: [] },
  {
    title: "of a level left out, screened as high danger",
    alert: {},
    age: 300,
    danger: { level: "D", screenedHigh: true },
    due: ["1 next-on-call"],
  },
  { title: "confirmed", alert: {}, age: 900, danger: B, acknowledgedBy: [HARBOR], due: [] },
  {
    title: "confirmed by another agency",
    alert: {},
    age: 300,
    danger: B,
    acknowledgedBy: ["safe-passage"],
    due: ["1 next-on-call"],
  },
  { title: "in quiet hours", alert: {}, age: 900, danger: C, quiet: true, due: [] },
  {
    title: "in quiet hours, level B",
    alert: {},
    age: 300,
    danger: B,
    quiet: true,
    due: ["1 next-on-call"],
  },
  {
    title: "in quiet hours, screened as high danger",
    alert: {},
    age: 300,
    danger: { level: "C", screenedHigh: true },
    quiet: true,
    due: ["1 next-on-call"],
  },
  { title: "nobody's, too early", alert: { agency: null }, age: 299, danger: C, due: [] },
  { title: "nobody's", alert: { agency: null }, age: 900, danger: C, due: ["1 coordinator"] },
  {
    title: "of an agency assigned since",
    alert: {},
    age: 900,
    assignedFor: 300,
    danger: C,
    due: ["1 next-on-call"],
  },
  { title: "of an agency assigned just now", alert: {}, age: 900, assignedFor: 10, danger: C, due: [] },
  { title: "of three days ago", alert: {}, age: 259_200, danger: B, due: [] },
];
