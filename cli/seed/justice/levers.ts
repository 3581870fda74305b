import {
  leversOf,
  type Lever,
  type LeverFacts,
  type LeverKind,
} from "../../../subgraphs/law-enforcement/domain/lever";
import { addDays, at } from "../days";
import { subjectOf } from "../site";
import type { JusticeCity, Subject } from "./city";

/** What was tried with each kind of lever. No victim is needed for it, or named. */
const TRIED: Readonly<Record<LeverKind, readonly string[]>> = {
  warrant: ["Served at his place of work.", "Looked for at two addresses."],
  condition: ["Terms checked at home, unannounced.", "Violation filed with the court."],
  charge: ["Detention asked for in the other case.", "The other case set for an early day in court."],
  "group-nexus": ["Told through the group that his next arrest costs all of them."],
  community: ["His employer's foreman spoke to him.", "Two elders of his congregation called on him."],
};

const NOTES = {
  succeeded: "It had the effect that was meant.",
  failed: "Nothing came of it.",
  withdrawn: "Not followed further.",
} as const;

/** What the city recorded of him that may be a lever. */
function factsOf({ batch }: JusticeCity, { id }: Subject, level: "A" | "B"): LeverFacts {
  const his = <Row extends { readonly person_id: unknown }>(rows: readonly Row[]) =>
    rows.filter(({ person_id }) => person_id === id);
  return {
    level,
    warrants: his(batch.rows("warrant")).map((row) => ({
      ...{
        id: row.id as string,
        issuedOn: row.issued_on as string,
        clearedOn: row.cleared_on as string | null,
      },
    })),
    conditions: his(batch.rows("release_condition")).map((row) => ({
      id: row.id as string,
      effectiveFrom: row.effective_from as string,
      effectiveUntil: row.effective_until as string | null,
    })),
    charges: his(batch.rows("charge")).map((row) => ({
      ...{ id: row.id as string, ipv: row.ipv as boolean, disposition: row.disposition as string },
      ...{ filedOn: row.filed_on as string, dispositionOn: row.disposition_on as string | null },
    })),
    groupNexus: his(batch.rows("intelligence")).length > 0,
  };
}

/** Adds the levers that were pulled since a level was confirmed, and what came of them. */
export function addLevers(city: JusticeCity, subject: Subject, level: "A" | "B", confirmedOn: string): void {
  const random = subject.random.fork(`levers ${confirmedOn}`);
  const add = ({ kind, recordId }: Lever): void => {
    const day = addDays(confirmedOn, random.int(3, 60));
    if (day > city.lastDay || (subject.number !== 0 && !random.chance(level === "A" ? 0.8 : 0.5))) return;
    const state = random.weighted([["succeeded", 45], ["failed", 25], ["withdrawn", 10], ["open", 20]] as const); // prettier-ignore
    const endedOn = addDays(day, random.int(1, 20));
    const ended = state !== "open" && endedOn <= city.lastDay ? state : null;
    const prosecutor = kind === "charge" || kind === "group-nexus";
    const role = prosecutor ? "prosecutor" : "detective";
    const by = `${subjectOf(role, random.int(1, 2))}@${prosecutor ? city.site.prosecutor : city.site.police}`;
    city.batch.add("lever_pull", {
      id: random.uuid(),
      person_id: subject.id,
      kind,
      record_id: recordId,
      state: ended ?? "open",
      tried: random.pick(TRIED[kind]),
      tried_at: at(day, 11),
      ...{ tried_by: by, recorded_by: by, recorded_at: at(day, 16) },
      note: ended && NOTES[ended],
      ended_by: ended && by,
      ended_at: ended && at(endedOn, 16),
    });
  };
  leversOf(factsOf(city, subject, level), new Date(at(city.lastDay, 12)))
    .slice(0, 3)
    .forEach(add);
}
