import type { GateCondition } from "../../../subgraphs/law-enforcement/domain/contact-outcome";
import type { Level } from "../../../subgraphs/law-enforcement/domain/tier-rules";
import { addDays, at, earlier } from "../days";
import { subjectOf } from "../site";
import type { JusticeCity, Subject } from "./city";
import type { ConfirmedLevel } from "./conferences";

const REVIEWS = [
  "The detective met him by chance and knew of the plan. Talked to; the victim was called the same evening.",
  "The release had not been looked up. The team looks it up at the briefing from now on.",
];

/** Adds the report of a breach, which a coordinator mostly has looked into. */
export function addBreachReport(
  city: JusticeCity,
  { random }: Subject,
  { contactId, day, by }: { readonly contactId: string; readonly day: string; readonly by: string },
  failed: readonly GateCondition[],
): void {
  const own = random.fork(`breach ${contactId}`);
  const reviewedOn = addDays(day, own.int(1, 9));
  const reviewed = reviewedOn <= city.lastDay && own.chance(0.8);
  city.batch.add("gate_breach", {
    id: own.uuid(),
    contact_id: contactId,
    failed,
    reported_by: by,
    reported_at: at(day, 21),
    review: reviewed ? own.pick(REVIEWS) : null,
    reviewed_by: reviewed ? `${subjectOf("coordinator", own.int(1, 2))}@${city.site.police}` : null,
    reviewed_at: reviewed ? at(reviewedOn, 11) : null,
  });
}

/** How often somebody met him whom nobody had planned to contact. */
const UNPLANNED: Readonly<Record<Level, number>> = { A: 0.15, B: 0.02, C: 0.005, D: 0.002 };

/** Adds, for some, a contact on the street that nobody had planned: a breach, at level A too. */
export function addUnplannedContact(
  city: JusticeCity,
  subject: Subject,
  levels: readonly ConfirmedLevel[],
): void {
  const latest = levels.at(-1);
  const random = subject.random.fork("unplanned");
  if (subject.number === 0 || latest === undefined || !random.chance(UNPLANNED[latest.level])) return;
  const { level, confirmedOn } = latest;
  const day = earlier(addDays(confirmedOn, random.int(1, 30)), city.lastDay);
  const { gated } = city.site.protocol.levels[level];
  const id = random.uuid();
  const detective = `${subjectOf("detective", random.int(1, 6))}@${city.site.police}`;
  const metAt = at(day, 20, random.int(0, 30));
  city.batch.add("contact", {
    ...{ id, person_id: subject.id, level, means: "notification", state: "breached" },
    ...{ planned_for: metAt, made_at: metAt, recorded_at: at(day, 21), closed_at: at(day, 21) },
    ...{ place: "On the street", help_offered: false, messenger: null, messenger_agency: null },
    ...{ planned_by: null, gated, attempts_needed: city.site.protocol.failedAttempts, due_by: null },
    ...{ released_at: null, released_by: null, recall_reason: null, call_in_id: null },
    ...{ made_by: detective, closed_by: detective, message: "That he is known to the partners." },
  });
  addBreachReport(city, subject, { contactId: id, day, by: detective }, [
    ...(["not-planned", "not-released"] as const),
    ...(level === "A" ? (["level-not-in-force"] as const) : []),
    ...(gated ? (["victim-not-told"] as const) : []),
    "advocacy-not-asked",
  ]);
}
