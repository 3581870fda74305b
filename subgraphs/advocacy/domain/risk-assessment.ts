import type { Band, Instrument, InstrumentRule } from "./instrument";
import { textFault } from "./plain-text";

export const RiskAnswerValue = {
  YES: "yes",
  NO: "no",
  UNKNOWN: "unknown",
  NOT_ASKED: "not asked",
} as const;
export type RiskAnswerValue = (typeof RiskAnswerValue)[keyof typeof RiskAnswerValue];

/** Answers as they are kept: by the item's number. */
export type Answers = Readonly<Record<string, RiskAnswerValue>>;

/** The answers in the order of their items: 2 before 10, and 10 before 10a. */
export function inItemOrder(answers: Answers): { item: string; answer: RiskAnswerValue }[] {
  return Object.entries(answers)
    .map(([item, answer]) => ({ item, answer }))
    .sort((a, b) => a.item.localeCompare(b.item, "en", { numeric: true }));
}

/** What an assessment found. None of them says that she is safe. */
export const AssessmentOutcome = {
  HIGH_DANGER: "high-danger",
  INCOMPLETE: "incomplete",
  NOT_SCREENED_IN: "not-screened-in",
} as const;
export type AssessmentOutcome = (typeof AssessmentOutcome)[keyof typeof AssessmentOutcome];

export interface Finding {
  readonly outcome: AssessmentOutcome;
  /** Null: there is none, or what was not answered would count. */
  readonly score: number | null;
  readonly band: string | null;
}

interface Bound {
  readonly high: boolean;
  readonly score: number | null;
  readonly band: Band | null;
}

/** What the rule says when these items, and no others, are a yes. */
function boundOf({ highDangerWhen, score }: InstrumentRule, isYes: (item: string) => boolean): Bound {
  const reached = highDangerWhen.some(({ atLeast, of }) => of.filter(isYes).length >= atLeast);
  if (score === undefined) return { high: reached, score: null, band: null };
  const sum = Object.entries(score.weights)
    .filter(([item]) => isYes(item))
    .reduce((all, [, weight]) => all + weight, score.start);
  const band = score.bands.findLast(({ from }) => from <= sum) ?? null;
  return { high: reached || band?.highDanger === true, score: sum, band };
}

/**
 * What the answers find (AV60). The rule is asked twice: with what is a yes, and with all that could be one. High danger is
 * what the first finds; NOT_SCREENED_IN only what even the second does not; between them the assessment is INCOMPLETE.
 * So an answer that is unknown or was not asked for is never read as a no, and a yes never lowers.
 */
export function findingOf(rule: InstrumentRule, answers: Answers): Finding {
  const known = boundOf(rule, (item) => answers[item] === "yes");
  const possible = boundOf(rule, (item) => answers[item] !== "no");
  const outcome = known.high ? "high-danger" : possible.high ? "incomplete" : "not-screened-in";
  return {
    outcome,
    score: known.score === possible.score ? known.score : null,
    band: known.band === possible.band ? (known.band?.name ?? null) : null,
  };
}

/** An assessment as an advocate tells it. */
export interface ToldAssessment {
  readonly answers: readonly { readonly item: string; readonly answer: RiskAnswerValue }[];
  readonly assessedAt: Date;
  readonly note: string | null;
}

export type AssessmentFault =
  | "IN_THE_FUTURE"
  | "UNKNOWN_ITEM"
  | "ITEM_TWICE"
  | "ANSWER_MISSING"
  | "NOTHING_ASKED"
  | NonNullable<ReturnType<typeof textFault>>;

const LONGEST_NOTE = 4_000;
/** Clocks of two machines differ; more than this is no clock but a plan. */
const CLOCK_TOLERANCE_MS = 60_000;

/** What is wrong with a telling, before any record is looked at; null: nothing. */
export function assessmentFault(
  { answers, assessedAt, note }: ToldAssessment,
  { items }: Instrument,
  now: Date,
): AssessmentFault | null {
  if (assessedAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) return "IN_THE_FUTURE";
  const known = new Set(items.map(({ id }) => id));
  const told = new Set(answers.map(({ item }) => item));
  if (![...told].every((item) => known.has(item))) return "UNKNOWN_ITEM";
  if (told.size < answers.length) return "ITEM_TWICE";
  // What was not asked is said to be so: nothing is left to be guessed.
  if (told.size < known.size) return "ANSWER_MISSING";
  if (answers.every(({ answer }) => answer === "not asked")) return "NOTHING_ASKED";
  return note === null ? null : textFault(note, LONGEST_NOTE);
}

/** An assessment among those of a case. */
export interface KnownAssessment {
  readonly id: string;
  readonly instrument: string;
  readonly outcome: AssessmentOutcome;
  readonly correctsId: string | null;
}

/** The first of each instrument that no other corrects, of assessments that come newest first. */
export function newestOfEach<One extends KnownAssessment>(newestFirst: readonly One[]): One[] {
  const corrected = new Set(newestFirst.map(({ correctsId }) => correctsId));
  const seen = new Set<string>();
  return newestFirst.filter(({ id, instrument }) => {
    if (corrected.has(id) || seen.has(instrument)) return false;
    seen.add(instrument);
    return true;
  });
}

/**
 * The newest that found high danger, of assessments that come newest first; null: none did. What was found since, and a
 * correction, takes nothing from it (AV61): whether she is in danger is a person's judgement.
 */
export function highDangerAmong<One extends KnownAssessment>(newestFirst: readonly One[]): One | null {
  return newestFirst.find(({ outcome }) => outcome === "high-danger") ?? null;
}
