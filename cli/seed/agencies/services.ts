import { Batch } from "../batch";
import { addDays, at, earlier } from "../days";
import type { MadeContact } from "../justice/protocol";
import type { Random } from "../random";
import { subjectOf, type SeedSite } from "../site";
import { conflictOf } from "./conflict";

/** What the seed writes into the services' database. */
// prettier-ignore
export const SERVICES_TABLES = {
  provider: ["id", "agency", "name", "languages", "capacity"],
  need: ["id", "person_id", "kind", "stated_at", "passed_on"],
  help_promise: ["id", "person_id", "text", "due_on", "owner_agency", "state", "recorded_at"],
  referral: ["id", "person_id", "provider_agency", "service", "part2", "state", "consented_at", "referred_at"],
  part2_consent: ["id", "referral_id", "recipient_agency", "given_at", "expires_at", "revoked_at"],
  conflict_of_interest: ["id", "agency", "subject", "person_id", "why", "recorded_by", "recorded_at", "ended_by", "ended_at",
    "request_key"],
  engagement: ["id", "referral_id", "attended_on", "attended", "recorded_by", "recorded_at"],
} as const;

export type ServicesBatch = Batch<typeof SERVICES_TABLES>;

/** The services that answer a need. */
const ANSWERS = {
  housing: "housing",
  employment: "employment",
  education: "education",
  transport: null,
  food: null,
  documents: "legal-help",
  parenting: "parenting",
  "mental-health": "mental-health",
  "substance-use": "substance-use-treatment",
  "legal-help": "legal-help",
} as const;
type Need = keyof typeof ANSWERS;
const NEEDS = Object.keys(ANSWERS) as Need[];
type Service = Exclude<(typeof ANSWERS)[Need], null> | "intervention-programme";

/** Adds needs, referrals, attendance, consents and promises of help that followed from contacts. */
export function generateServices(
  contacts: readonly MadeContact[],
  site: SeedSite,
  random: Random,
  lastDay: string,
): ServicesBatch {
  const batch: ServicesBatch = new Batch(SERVICES_TABLES);
  for (const { id, name } of site.providers) {
    const languages = random.pick([["English"], ["English", "Spanish"], ["English", "Spanish", "Somali"]]);
    batch.add("provider", { id: random.uuid(), agency: id, name, languages, capacity: random.int(10, 60) });
  }
  const seen = new Set<string>();
  for (const contact of contacts) {
    // Needs are stated once; a later contact finds them known.
    if (!seen.has(contact.subject.id))
      addHelp(batch, contact, site, random.fork(contact.subject.id), lastDay);
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
  return batch;
}

function addHelp(
  batch: ServicesBatch,
  { subject, day, agreement }: MadeContact,
  site: SeedSite,
  random: Random,
  lastDay: string,
): void {
  const first = subject.number === 0;
  if (agreement === null) return;
  const needs = needsOf(random, first);
  for (const kind of needs) {
    const person_id = subject.id;
    const passed_on = first || random.chance(0.5);
    batch.add("need", { id: random.uuid(), person_id, kind, stated_at: at(day, 16), passed_on });
  }
  const { provider, withdrawnOn } = agreement;
  const services: Service[] = needs.flatMap((need) => ANSWERS[need] ?? []);
  if (first || random.chance(0.5)) services.push("intervention-programme");
  for (const service of new Set(services)) {
    const referral = { subject: subject.id, provider, service, day, withdrawnOn, first };
    addReferral(batch, site, random, referral, lastDay);
  }
  addPromise(batch, random, subject.id, provider, day, lastDay);
  if (first || random.chance(0.3)) addPromise(batch, random, subject.id, site.messengers, day, lastDay);
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
): void {
  const { day, first, service } = plan;
  const id = random.uuid();
  const part2 = service === "substance-use-treatment";
  const consented = first || random.chance(0.9);
  const drawn = consented
    ? random.weighted([["accepted", 70], ["referred", 15], ["declined", 5], ["closed", 10]]) // prettier-ignore
    : random.pick(["referred", "declined"]);
  const state = first ? "accepted" : plan.withdrawnOn !== null && consented ? "closed" : drawn;
  batch.add("referral", {
    id,
    person_id: plan.subject,
    provider_agency: plan.provider,
    service,
    part2,
    state,
    consented_at: consented ? at(day, 17) : null,
    referred_at: at(day, 17, 10),
  });
  if (part2 && consented && (first || random.chance(0.6)))
    addPart2Consents(batch, site, random, id, day, lastDay, first);
  if (!["accepted", "closed"].includes(state)) return;
  const last = earlier(plan.withdrawnOn ?? lastDay, lastDay);
  const sessions = random.int(2, 12);
  for (let session = 1; session <= sessions; session += 1) {
    const attendedOn = addDays(day, first && session === 1 ? 2 : session * 7);
    if (attendedOn > last) return;
    batch.add("engagement", {
      id: random.uuid(),
      referral_id: id,
      attended_on: attendedOn,
      attended: (first && session === 1) || random.chance(0.72),
      recorded_by: subjectOf("provider", random.int(1, 4)),
      recorded_at: at(attendedOn, 18),
    });
  }
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
      revoked_at: revoked ? at(revokedOn, 12) : null,
    });
  }
}

const HELP = [
  "A place in a work crew, with a start date.",
  "Somebody goes along to the housing office.",
  "Bus tickets for the first month of the programme.",
  "A new identity card; the fee is paid.",
];

function addPromise(
  batch: ServicesBatch,
  random: Random,
  personId: string,
  owner: string,
  day: string,
  lastDay: string,
): void {
  const dueOn = addDays(day, random.int(5, 30));
  const done = random.weighted([["kept", 80], ["broken", 10], ["withdrawn", 4], ["open", 6]]); // prettier-ignore
  batch.add("help_promise", {
    id: random.uuid(),
    person_id: personId,
    text: random.pick(HELP),
    due_on: dueOn,
    owner_agency: owner,
    state: dueOn <= lastDay ? done : "open",
    recorded_at: at(day, 18),
  });
}
