import { addDays, at, earlier } from "../days";
import type { Random } from "../random";

const REASONS = ["party", "related", "named-employee"] as const;

/** Who is cut off, and by whom it was recorded: subjects of one agency. */
interface Cut {
  readonly agency: string;
  readonly subject: string;
  readonly by: string;
}

/** A conflict of interest in an agency's own records, recorded on a day: reasons in turn, every second one has ended. */
export function conflictOf(
  { agency, subject, by }: Cut,
  turn: number,
  day: string,
  lastDay: string,
  random: Random,
) {
  const recorded_by = `${by}@${agency}`;
  const ended = turn % 2 === 1;
  return {
    id: random.uuid(),
    agency,
    subject,
    why: REASONS[turn % REASONS.length]!,
    recorded_by,
    recorded_at: at(day, 18),
    ended_by: ended ? recorded_by : null,
    ended_at: ended ? at(earlier(addDays(day, 30), lastDay), 19) : null,
  };
}
