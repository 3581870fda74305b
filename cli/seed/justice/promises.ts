import type { Level } from "../../../subgraphs/law-enforcement/domain/tier-rules";
import { addDays, at } from "../days";
import { subjectOf } from "../site";
import type { JusticeCity, Subject } from "./city";

interface Promised {
  readonly to: "offender" | "victim" | "community";
  readonly text: string;
  readonly owner: "police" | "prosecutor" | "probation";
}

const PROMISES: Readonly<Record<Level, readonly Promised[]>> = {
  A: [
    { to: "victim", text: "Every call from your address is answered as an emergency.", owner: "police" },
    {
      to: "community",
      text: "Detention is asked for at the next arrest, whatever the charge.",
      owner: "prosecutor",
    },
    { to: "community", text: "Supervision terms are checked every week.", owner: "probation" },
  ],
  B: [
    { to: "offender", text: "The next arrest is prosecuted as a felony.", owner: "prosecutor" },
    {
      to: "victim",
      text: "You are told before he is contacted, and the day he is released.",
      owner: "police",
    },
  ],
  C: [{ to: "offender", text: "The terms of bail are checked at home.", owner: "police" }],
  D: [
    { to: "offender", text: "A further report is looked at by a detective the same day.", owner: "police" },
  ],
};

const NOTES = {
  kept: "Done.",
  broken: "It was not done in time.",
  withdrawn: "The case took another course.",
};

/** Who said on the day what became of a promise. */
function settlingOf(
  { site }: JusticeCity,
  owner: Promised["owner"],
  state: keyof typeof NOTES | "open",
  dueOn: string,
) {
  if (state === "open") return { note: null, settled_at: null, settled_by: null };
  const role = owner === "police" ? "detective" : owner;
  return { note: NOTES[state], settled_at: at(dueOn, 16), settled_by: `${subjectOf(role)}@${site[owner]}` };
}

/** Adds what the partnership promised at a level, with what became of it. */
export function addPromises(city: JusticeCity, subject: Subject, level: Level, confirmedOn: string): void {
  const { random } = subject;
  const share = level === "A" || level === "B" ? 0.8 : 0.15;
  for (const { to, text, owner } of PROMISES[level]) {
    if (subject.number !== 0 && !random.chance(share)) continue;
    const dueOn = addDays(confirmedOn, random.int(14, 120));
    const due = dueOn <= city.lastDay;
    const state = random.weighted([["kept", 78], ["broken", 12], ["withdrawn", 4], ["open", 6]] as const); // prettier-ignore
    // A promise to a victim is made to each one known by then, in her own case.
    const known = subject.couples.filter(({ openedOn }) => openedOn <= confirmedOn);
    for (const case_id of to === "victim" ? known.map(({ caseId }) => caseId) : [null]) {
      city.batch.add("sanction_promise", {
        id: random.uuid(),
        person_id: subject.id,
        promised_to: to,
        case_id,
        text,
        owner_agency: city.site[owner],
        due_on: dueOn,
        state: due ? state : "open",
        recorded_at: at(confirmedOn, 10, 30),
        promised: to === "victim" ? "protection" : "sanction",
        made_by: `${subjectOf("coordinator")}@${city.site.police}`,
        ...settlingOf(city, owner, due ? state : "open", dueOn),
      });
    }
  }
}
