import { RECALL_REASONS, type ContactState } from "../../../subgraphs/law-enforcement/domain/contact-state";
import { addDays, at } from "../days";
import { subjectOf } from "../site";
import type { JusticeCity, Subject } from "./city";
import type { ConfirmedLevel } from "./conferences";
import { addBreachReport, addUnplannedContact } from "./breaches";
import { callInAfter } from "./call-ins";
import type { SeededCallIn } from "./city";
import { addLevers } from "./levers";
import { addLetter } from "./letters";
import { addPromises } from "./promises";
import { addNotices, addReached } from "./notices";

type ContactLevel = "B" | "C" | "D";

/** Days from a confirmation to the contact, at least and at most: C within 48 hours, D within a week. */
const DELAY: Readonly<Record<ContactLevel, readonly [number, number]>> = { B: [7, 18], C: [1, 2], D: [1, 7] };

/** He said yes to being referred to a provider. */
export interface Agreement {
  readonly subject: Subject;
  readonly provider: string;
  readonly agreedOn: string;
  readonly withdrawnOn: string | null;
}

/** A contact that was made, for what follows from it. */
export interface MadeContact {
  readonly subject: Subject;
  readonly day: string;
  readonly agreement: Agreement | null;
}

/**
 * Adds what the partnership did about a person's levels: nobody is contacted at level A; at B nobody before each of his
 * victims has been told. Returns the contacts that were made.
 */
export function addProtocol(
  city: JusticeCity,
  subject: Subject,
  levels: readonly ConfirmedLevel[],
): MadeContact[] {
  const made: MadeContact[] = [];
  for (const { level, confirmedOn } of levels) {
    addPromises(city, subject, level, confirmedOn);
    if (level === "A" || level === "B") addLevers(city, subject, level, confirmedOn);
    if (level === "A") continue;
    const invited = level === "B" && subject.random.fork(`means ${confirmedOn}`).chance(0.5);
    const callIn = invited ? callInAfter(city, subject, confirmedOn) : null;
    const day = callIn?.day ?? addDays(confirmedOn, subject.random.int(...DELAY[level]));
    const contact = addContact(city, subject, level, confirmedOn, { day, callIn });
    if (contact) made.push(contact);
  }
  // Whom examples ask for has also one that is still to come, of which his victim has been told: his gate is open.
  if (subject.number === 0) addPlannedContact(city, subject);
  addUnplannedContact(city, subject, levels);
  return made;
}

function addContact(
  city: JusticeCity,
  subject: Subject,
  level: ContactLevel,
  confirmedOn: string,
  { day, callIn }: { readonly day: string; readonly callIn: SeededCallIn | null },
): MadeContact | null {
  const { random } = subject;
  const { protocol, police } = city.site;
  const { gated, withinHours } = protocol.levels[level];
  const id = random.uuid();
  const toldAll = addNotices(city, subject, { id, level, on: day }, confirmedOn);
  // Whose case is opened after the conference is not told of what was planned there.
  const late = subject.couples.some(({ openedOn }) => openedOn > confirmedOn && openedOn < day);
  const outcome = outcomeOf(city, subject, day, !gated || (toldAll && !late));
  const released = RELEASED.includes(outcome);
  const tookPlace = TOOK_PLACE.includes(outcome);
  const ended = !["planned", "released"].includes(outcome);
  const helpOffered = subject.number === 0 || random.chance(0.93);
  const messenger = callIn?.messenger ?? messengerOf(subject, level);
  if (callIn && tookPlace) callIn.held = true;
  const detective = `${subjectOf("detective", random.int(1, 6))}@${police}`;
  const coordinator = `${subjectOf("coordinator", random.int(1, 2))}@${police}`;
  const madeAt = tookPlace ? at(day, 15, random.int(0, 59)) : null;
  const closedAt = ended ? at(day, 18) : null;
  const releasedAt = outcome === "released" ? at(city.lastDay, 16) : at(day, 13);
  city.batch.add("contact", {
    id,
    person_id: subject.id,
    level,
    means: callIn ? "call-in" : MEANS[level],
    call_in_id: callIn?.id ?? null,
    state: outcome,
    planned_for: at(day, 15),
    place: callIn?.place ?? (level === "D" ? null : random.pick(PLACES)),
    help_offered: helpOffered,
    messenger,
    messenger_agency: messenger === null ? null : city.site.messengers,
    made_at: madeAt,
    recorded_at: at(confirmedOn, 10),
    planned_by: detective,
    ...{ gated, attempts_needed: protocol.failedAttempts },
    due_by: withinHours === null ? null : at(addDays(confirmedOn, Math.ceil(withinHours / 24)), 9),
    released_at: released ? releasedAt : null,
    released_by: released ? coordinator : null,
    made_by: tookPlace ? detective : null,
    message: outcome === "made" ? MESSAGES[level] : null,
    closed_at: closedAt,
    closed_by: ended ? detective : null,
    recall_reason: outcome === "recalled" ? random.fork(`recall ${id}`).pick(RECALL_REASONS) : null,
  });
  const failed = ["not-released", "advocacy-not-asked"] as const;
  if (outcome === "breached") addBreachReport(city, subject, { contactId: id, day, by: detective }, failed);
  if (released) city.batch.add("contact_clearance", { contact_id: id, answered_at: releasedAt });
  const served =
    outcome === "made" ? { servedAt: madeAt, servedBy: detective } : { servedAt: null, servedBy: null };
  addLetter(city, subject, { id, level, confirmedOn, ...served, closedAt });
  if (outcome !== "made") return null;
  // The first person agreed at his latest contact, so that what hangs on it still holds.
  const asked = helpOffered && (subject.number > 0 || level === "B");
  const agreement = asked ? addAgreement(city, subject, day) : null;
  return { subject, day, agreement };
}

const RELEASED: readonly ContactState[] = ["released", "made", "refused", "not-found", "recalled"];
const TOOK_PLACE: readonly ContactState[] = ["made", "refused", "not-found", "breached"];

const MESSAGES: Readonly<Record<ContactLevel, string>> = {
  B: "What he is liable to with his record; what the partners do at the next incident; the help there is.",
  C: "That the partners know of the incident, what follows from a second one, and the help there is.",
  D: "That he is known to the partners and watched, and the help there is.",
};

function outcomeOf(city: JusticeCity, subject: Subject, day: string, gateOpen: boolean): ContactState {
  const { random } = subject;
  if (day > city.lastDay) {
    const nextDay = day === addDays(city.lastDay, 1);
    return nextDay && gateOpen && subject.number > 0 && random.chance(0.5) ? "released" : "planned";
  }
  if (!gateOpen) return "cancelled";
  if (subject.number === 0) return "made";
  // Now and then somebody meets him in the street before anybody has released the contact.
  return random.weighted([["made", 80], ["refused", 7], ["not-found", 5], ["cancelled", 3], ["recalled", 3], ["breached", 2]] as const); // prettier-ignore
}

const MEANS: Readonly<Record<ContactLevel, string>> = {
  B: "custom-notification",
  C: "notification",
  D: "letter",
};

function messengerOf({ number, random }: Subject, level: ContactLevel): string | null {
  if (level === "D" || (number > 0 && !random.chance(0.5))) return null;
  return subjectOf("messenger", number === 0 ? 1 : random.int(1, 3));
}

function addPlannedContact(city: JusticeCity, subject: Subject): void {
  city.batch.add("contact", {
    id: subject.random.uuid(),
    person_id: subject.id,
    level: "B",
    means: "custom-notification",
    state: "planned",
    planned_for: at(addDays(city.asOf, 5), 17),
    place: PLACES[0]!,
    help_offered: true,
    messenger: subjectOf("messenger"),
    messenger_agency: city.site.messengers,
    made_at: null,
    recorded_at: at(addDays(city.lastDay, -2), 16),
    planned_by: `${subjectOf("detective")}@${city.site.police}`,
    gated: true,
    attempts_needed: city.site.protocol.failedAttempts,
    ...{ due_by: null, released_at: null, released_by: null, made_by: null, message: null },
    ...{ closed_at: null, closed_by: null, recall_reason: null, call_in_id: null },
  });
  for (const couple of subject.couples) addReached(city, subject, couple, addDays(city.lastDay, -1));
}

function addAgreement(city: JusticeCity, subject: Subject, day: string): Agreement | null {
  const { random } = subject;
  const first = subject.number === 0;
  if (!first && !random.chance(0.4)) return null;
  const provider = first ? firstProvider(city) : random.pick(city.site.providers).id;
  const withdrawn = addDays(day, random.int(10, 120));
  const withdrawnOn = !first && withdrawn <= city.lastDay && random.chance(0.12) ? withdrawn : null;
  city.batch.add("referral_agreement", {
    person_id: subject.id,
    provider_agency: provider,
    agreed_at: at(day, 17),
    withdrawn_at: withdrawnOn === null ? null : at(withdrawnOn, 11),
    recorded_by: `${subjectOf("coordinator")}@${city.site.police}`,
    recorded_at: at(day, 17, 30),
    withdrawal_recorded_by: withdrawnOn === null ? null : `${subjectOf("coordinator")}@${city.site.police}`,
    withdrawal_recorded_at: withdrawnOn === null ? null : at(withdrawnOn, 12),
  });
  return { subject, provider, agreedOn: day, withdrawnOn };
}

function firstProvider({ site }: JusticeCity): string {
  return (site.providers.find(({ id }) => id === "new-start") ?? site.providers[0]!).id;
}

const PLACES = [
  "Library meeting room, Fableford Street",
  "County annex, room 4",
  "Street Voices office, Inkwell Lane",
];
