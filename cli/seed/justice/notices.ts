import { addDays, at, daysBetween, earlier } from "../days";
import { subjectOf } from "../site";
import type { Couple, JusticeCity, Subject } from "./city";

/**
 * Adds what the justice side did to tell his victims before he is contacted: at B a notice, at C a call or a visit, at D
 * a letter where mail is safe. True when every victim has been reached by the city's last day, or when a coordinator signed
 * that she could not be.
 */
export function addNotices(
  city: JusticeCity,
  subject: Subject,
  contact: { readonly id: string; readonly level: "B" | "C" | "D"; readonly on: string },
  confirmedOn: string,
): boolean {
  const { level } = contact;
  let all = true;
  for (const couple of subject.couples.filter(({ openedOn }) => openedOn <= confirmedOn)) {
    const reached = level === "B" ? addNotice(city, subject, couple, confirmedOn, contact) : false;
    if (level !== "B") addTelling(city, subject, couple, level, confirmedOn);
    all &&= reached;
  }
  return all;
}

function addNotice(
  city: JusticeCity,
  subject: Subject,
  couple: Couple,
  confirmedOn: string,
  contact: { readonly id: string; readonly on: string },
): boolean {
  const { random } = subject;
  const first = subject.number === 0;
  const attempts = first ? 1 : random.weighted([[0, 70], [1, 18], [2, 8], [3, 4]]); // prettier-ignore
  // Every attempt and the notice fall into the days between confirmation and contact.
  const days = Math.max(1, daysBetween(confirmedOn, contact.on) - 1);
  const day = (step: number) => earlier(addDays(confirmedOn, Math.min(step, days)), city.lastDay);
  for (let step = 0; step < attempts; step += 1) record(city, subject, couple, "notice-attempt", "not-reached", day(step + 1)); // prettier-ignore
  const reached = first || random.chance(0.9);
  if (reached) addReached(city, subject, couple, day(attempts + 2));
  else if (random.chance(0.3)) record(city, subject, couple, "victim-notice", "declined", day(attempts + 2));
  else if (random.chance(0.5)) {
    for (let step = attempts; step < city.site.protocol.failedAttempts; step += 1) record(city, subject, couple, "notice-attempt", "not-reached", day(step + 1)); // prettier-ignore
    city.batch.add("attempts_sign_off", {
      contact_id: contact.id,
      case_id: couple.caseId,
      signed_by: `${subjectOf("coordinator", random.int(1, 2))}@${city.site.police}`,
      signed_at: at(day(days), 12),
    });
    return true;
  }
  return reached;
}

/** Records that a notice reached a victim on a day. */
export function addReached(city: JusticeCity, subject: Subject, couple: Couple, day: string): void {
  record(city, subject, couple, "victim-notice", "reached", day);
}

function addTelling(
  city: JusticeCity,
  subject: Subject,
  couple: Couple,
  level: "C" | "D",
  confirmedOn: string,
): void {
  const { random } = subject;
  const day = earlier(addDays(confirmedOn, random.int(0, 1)), city.lastDay);
  if (level === "D") {
    // Whether a letter reached her is not known.
    if (couple.mayWrite) record(city, subject, couple, "letter", "not-reached", day);
    return;
  }
  const outcome = random.weighted([["reached", 70], ["not-reached", 25], ["declined", 5]]); // prettier-ignore
  record(city, subject, couple, random.pick(["call", "visit"]), outcome, day);
}

function record(
  city: JusticeCity,
  { random }: Subject,
  couple: Couple,
  kind: string,
  outcome: string,
  day: string,
): void {
  // After the conference of the day, and before any contact, which is made in the afternoon.
  const minute = random.int(0, 59);
  city.batch.add("justice_outreach", {
    id: random.uuid(),
    case_id: couple.caseId,
    kind,
    outcome,
    made_at: at(day, 11, minute),
    made_by: subjectOf("detective", random.int(1, 6)),
    recorded_at: at(day, 11, minute),
  });
}
