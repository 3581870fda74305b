import { Batch } from "../batch";
import {
  ANSWERS,
  NEEDS,
  SERVICES_TABLES,
  type Need,
  type Service,
  type ServicesBatch,
} from "./services-tables";
import { addDays, at, earlier } from "../days";
import type { MadeContact } from "../justice/protocol";
import type { Random } from "../random";
import { subjectOf, type SeedSite } from "../site";
import { conflictOf } from "./conflict";
import { addAction, addNeed, addPromise, addProvider, addSmallHelp } from "./services-help";

/** Adds needs, referrals, attendance, consents and promises of help that followed from contacts. */
export function generateServices(
  contacts: readonly MadeContact[],
  { site, conferenceId }: { readonly site: SeedSite; readonly conferenceId: string },
  random: Random,
  lastDay: string,
): ServicesBatch {
  const batch: ServicesBatch = new Batch(SERVICES_TABLES);
  const seen = new Set<string>();
  for (const contact of contacts) {
    // Needs are stated once; a later contact finds them known.
    if (!seen.has(contact.subject.id))
      addHelp(batch, contact, { site, conferenceId }, random.fork(contact.subject.id), lastDay);
    if (contact.agreement) seen.add(contact.subject.id);
  }
  const referred = contacts.filter(({ agreement }) => agreement !== null);
  for (const [turn, { subject, day, agreement }] of referred
    .filter((_, index) => index % 20 === 19)
    .entries()) {
    const { provider } = agreement!;
    const employee = { agency: provider, subject: subjectOf("provider", 9), by: subjectOf("provider") };
    const conflict = conflictOf(employee, turn, day, lastDay, random.fork(`conflict ${subject.id}`));
    batch.add("conflict_of_interest", { ...conflict, person_id: subject.id });
  }
  for (const provider of site.providers) addProvider(batch, provider, random, lastDay);
  return batch;
}

function addHelp(
  batch: ServicesBatch,
  { subject, day, agreement }: MadeContact,
  { site, conferenceId }: { readonly site: SeedSite; readonly conferenceId: string },
  random: Random,
  lastDay: string,
): void {
  const first = subject.number === 0;
  if (agreement === null) return;
  const needs = needsOf(random, first);
  const { provider, withdrawnOn } = agreement;
  const services: Service[] = needs.flatMap((need) => ANSWERS[need] ?? []);
  if (first || random.chance(0.5)) services.push("intervention-programme");
  const taken = [...new Set(services)].flatMap((service) => {
    const referral = { subject: subject.id, provider, service, day, withdrawnOn, first };
    return addReferral(batch, site, random, referral, lastDay) ?? [];
  });
  const help = { personId: subject.id, day, lastDay, site, provider, referralId: taken[0] ?? null, first };
  for (const kind of needs) addNeed(batch, random, kind, help);
  addPromise(batch, random, provider, help);
  if (first || random.chance(0.3)) addPromise(batch, random, site.messengers, help);
  if (first || random.chance(0.5)) addSmallHelp(batch, random, help);
  const own = random.fork("action");
  if (help.referralId !== null && (first || own.chance(0.2))) addAction(batch, own, conferenceId, help);
}

function needsOf(random: Random, first: boolean): Need[] {
  if (first) return ["employment", "housing", "transport", "substance-use"];
  const count = random.int(1, 4);
  const needs = new Set<Need>();
  while (needs.size < count) needs.add(random.pick(NEEDS));
  return [...needs];
}

interface ReferralPlan {
  readonly subject: string;
  readonly provider: string;
  readonly service: Service;
  readonly day: string;
  readonly withdrawnOn: string | null;
  readonly first: boolean;
}

function addReferral(
  batch: ServicesBatch,
  site: SeedSite,
  random: Random,
  plan: ReferralPlan,
  lastDay: string,
): string | null {
  const { day, first, service } = plan;
  const id = random.uuid();
  const part2 = service === "substance-use-treatment";
  const consented = first || random.chance(0.9);
  const drawn = consented
    ? random.weighted([["accepted", 70], ["referred", 15], ["declined", 5], ["closed", 10]]) // prettier-ignore
    : random.pick(["proposed", "refused"]);
  const state = first ? "accepted" : plan.withdrawnOn !== null && consented ? "closed" : drawn;
  const coordinator = `${subjectOf("coordinator")}@${site.police}`;
  const answerer = `${subjectOf("provider")}@${plan.provider}`;
  const answered = ["accepted", "declined", "closed"].includes(state);
  batch.add("referral", {
    id,
    person_id: plan.subject,
    provider_agency: plan.provider,
    service,
    part2,
    state,
    consented_at: consented ? at(day, 17) : null,
    referred_at: at(day, 17, 10),
    referred_by: coordinator,
    consent_recorded_by: state === "proposed" ? null : coordinator,
    partners_may_know: consented && (first || random.chance(0.9)),
    answered_by: answered ? answerer : null,
    answered_at: answered ? at(day, 18) : null,
    closed_by: state === "closed" ? answerer : null,
    closed_at: state === "closed" ? at(earlier(plan.withdrawnOn ?? addDays(day, 90), lastDay), 18, 30) : null,
  });
  if (part2 && consented && (first || random.chance(0.6)))
    addPart2Consents(batch, site, random, id, day, lastDay, first);
  // What the provider records of him is told under it.
  const under = state === "accepted" && !part2 ? id : null;
  if (!["accepted", "closed"].includes(state)) return under;
  const last = earlier(plan.withdrawnOn ?? lastDay, lastDay);
  const sessions = random.int(2, 12);
  for (let session = 1; session <= sessions; session += 1) {
    const attendedOn = addDays(day, first && session === 1 ? 2 : session * 7);
    if (attendedOn > last) return under;
    batch.add("engagement", {
      id: random.uuid(),
      referral_id: id,
      attended_on: attendedOn,
      attended: (first && session === 1) || random.chance(0.72),
      recorded_by: subjectOf("provider", random.int(1, 4)),
      recorded_at: at(attendedOn, 18),
    });
  }
  return under;
}

/** A consent for each agency he agreed may know: the police, whose coordinator asked him, and for some the prosecutor. */
function addPart2Consents(
  batch: ServicesBatch,
  site: SeedSite,
  random: Random,
  referralId: string,
  day: string,
  lastDay: string,
  first: boolean,
): void {
  const revokedOn = addDays(day, random.int(20, 200));
  const revoked = !first && revokedOn <= lastDay && random.chance(0.25);
  const recipients = first || random.chance(0.5) ? [site.police, site.prosecutor] : [site.police];
  for (const recipient_agency of recipients) {
    batch.add("part2_consent", {
      id: random.uuid(),
      referral_id: referralId,
      recipient_agency,
      given_at: at(day, 17, 5),
      expires_at: at(addDays(day, 365), 17, 5),
      recorded_by: `${subjectOf("coordinator")}@${site.police}`,
      recorded_at: at(day, 17, 5),
      revoked_at: revoked ? at(revokedOn, 12) : null,
      revoked_by: revoked ? `${subjectOf("coordinator")}@${site.police}` : null,
    });
  }
}
