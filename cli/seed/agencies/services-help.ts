import { addDays, at, earlier } from "../days";
import type { Random } from "../random";
import { subjectOf, type SeedSite } from "../site";
import type { Need, ServicesBatch } from "./services-tables";

/** What follows from a contact at which somebody agreed to be helped. */
export interface Help {
  readonly personId: string;
  readonly day: string;
  readonly lastDay: string;
  readonly site: SeedSite;
  readonly provider: string;
  /** A referral under which the provider records; null: it has taken him for none. */
  readonly referralId: string | null;
  /** Whom examples ask for. */
  readonly first: boolean;
}

const coordinatorOf = ({ police }: SeedSite, number = 1) => `${subjectOf("coordinator", number)}@${police}`;

/** A need that he stated; some have ended. */
export function addNeed(batch: ServicesBatch, random: Random, kind: Need, help: Help): void {
  const { personId, day, lastDay, site, provider, first } = help;
  const referralId = random.chance(0.2) ? help.referralId : null;
  const endedOn = addDays(day, random.int(20, 120));
  const ended = !first && endedOn <= lastDay && random.chance(0.5);
  const by = referralId === null ? coordinatorOf(site) : `${subjectOf("provider")}@${provider}`;
  batch.add("need", {
    id: random.uuid(),
    person_id: personId,
    kind,
    stated_at: at(day, 16),
    passed_on: first || random.chance(0.5),
    recorded_by: by,
    recorded_at: at(day, 16, 30),
    referral_id: referralId,
    closed_as: ended ? random.pick(["met", "met", "given-up"]) : null,
    closed_by: ended ? by : null,
    closed_at: ended ? at(endedOn, 16) : null,
  });
}

const HELP = [
  "A place in a work crew, with a start date.",
  "Somebody goes along to the housing office.",
  "Bus tickets for the first month of the programme.",
  "A new identity card; the fee is paid.",
];

/** A promise of help that an agency made to him, or to his community for him. */
export function addPromise(batch: ServicesBatch, random: Random, owner: string, help: Help): void {
  const { personId, day, lastDay, site } = help;
  const dueOn = addDays(day, random.int(5, 30));
  const drawn = random.weighted([["kept", 80], ["broken", 10], ["withdrawn", 4], ["open", 6]]); // prettier-ignore
  const state = dueOn <= lastDay ? drawn : "open";
  const by = `${subjectOf(owner === site.messengers ? "messenger" : "provider")}@${owner}`;
  const settled = state !== "open";
  batch.add("help_promise", {
    id: random.uuid(),
    person_id: personId,
    text: random.pick(HELP),
    due_on: dueOn,
    owner_agency: owner,
    state,
    recorded_at: at(day, 18),
    promised_to: random.chance(0.15) ? "community" : "offender",
    made_by: by,
    referral_id: owner === site.messengers ? null : help.referralId,
    settled_by: settled ? by : null,
    settled_at: settled ? at(dueOn, 17) : null,
  });
}

const TAKEN_ON = ["Keep a place in the next work crew.", "Ring the housing office before Friday."] as const;
const ACTION_STATES = ["open", "open", "done", "dropped"] as const;

/** What a provider took on about him for the conference that is ahead. */
export function addAction(batch: ServicesBatch, random: Random, conferenceId: string, help: Help): void {
  const { personId, lastDay, provider, referralId } = help;
  const state = random.pick(ACTION_STATES);
  const by = `${subjectOf("provider")}@${provider}`;
  const closed = state !== "open";
  batch.add("conference_action", {
    ...{ id: random.uuid(), conference_id: conferenceId, about_id: personId, text: random.pick(TAKEN_ON) },
    ...{ owner_agency: provider, owner: subjectOf("provider"), due_on: addDays(lastDay, random.int(-2, 7)) },
    ...{ state, recorded_by: by, recorded_at: at(addDays(lastDay, -5), 10), referral_id: referralId },
    closed_at: closed ? at(addDays(lastDay, -1), 10) : null,
    closed_by: closed ? by : null,
  });
}

const SMALL = [
  ["bus-pass", "A month of buses to the new job.", 6_000],
  ["work-boots", "Boots with steel toes, asked for by the crew.", 9_500],
  ["work-clothes", "Black trousers and two shirts for the kitchen.", 5_500],
  ["tools", "A tool belt and a tape.", 8_000],
  ["identity-card", "The fee for a card that was lost.", 3_000],
  ["fee", "The fee of the driving test.", 4_500],
  ["phone", "A telephone, so that the employer can call.", 7_000],
  ["other", "A bed frame.", 12_000],
] as const;

/** Something small that was asked for him, and what came of it. */
export function addSmallHelp(batch: ServicesBatch, random: Random, help: Help): void {
  const { personId, day, lastDay, site, provider, referralId } = help;
  const [kind, whatFor, amount] = random.pick(SMALL);
  const decidedOn = addDays(day, random.int(1, 6));
  const deliveredOn = addDays(decidedOn, random.int(1, 9));
  const drawn = random.weighted([["delivered", 60], ["approved", 15], ["declined", 15], ["requested", 10]]); // prettier-ignore
  const state = deliveredOn <= lastDay ? drawn : "requested";
  const asker =
    referralId === null
      ? { by: coordinatorOf(site), agency: site.police }
      : { by: `${subjectOf("provider")}@${provider}`, agency: provider };
  const [decided, delivered] = [state !== "requested", state === "delivered"];
  batch.add("small_help", {
    id: random.uuid(),
    person_id: personId,
    kind,
    what_for: whatFor,
    amount,
    state,
    referral_id: referralId,
    requested_by: asker.by,
    requested_agency: asker.agency,
    requested_at: at(day, 19),
    decided_by: decided ? coordinatorOf(site, 2) : null,
    decided_at: decided ? at(decidedOn, 10) : null,
    delivered_by: delivered ? asker.by : null,
    delivered_at: delivered ? at(deliveredOn, 15) : null,
  });
}

const LANGUAGES = [["en"], ["en", "es"], ["en", "es", "so"]];
const SERVICES = [
  ...["housing", "employment", "education", "intervention-programme"],
  ...["parenting", "mental-health", "substance-use-treatment", "legal-help"],
] as const;

/** A provider with places for those it has taken and a few more, and its employees who help victims. */
export function addProvider(
  batch: ServicesBatch,
  { id: agency, name }: SeedSite["providers"][number],
  random: Random,
  lastDay: string,
): void {
  const taken = batch
    .rows("referral")
    .filter(({ provider_agency, state }) => provider_agency === agency && state === "accepted");
  const persons = new Set(taken.map(({ person_id }) => person_id)).size;
  batch.add("provider", {
    id: random.uuid(),
    agency,
    name,
    languages: random.pick(LANGUAGES),
    capacity: persons + random.int(5, 20),
    hours: "Monday to Friday, 9 to 17; Tuesday to 20",
    area: "Fableford and the county north of the river",
  });
  const by = `${subjectOf("provider")}@${agency}`;
  const said = at(earlier(addDays(lastDay, -30), lastDay), 9);
  for (const service of SERVICES) {
    const places = taken.filter((one) => one.service === service).length + random.int(0, 6);
    batch.add("provider_service", { agency, service, places, recorded_by: by, recorded_at: said });
  }
  for (const [number, ended] of [
    [8, false],
    [7, true],
  ] as const) {
    batch.add("victim_side_employee", {
      ...{
        id: random.uuid(),
        agency,
        subject: subjectOf("provider", number),
        recorded_by: by,
        recorded_at: said,
      },
      ended_by: ended ? by : null,
      ended_at: ended ? at(earlier(addDays(lastDay, -3), lastDay), 9) : null,
    });
  }
}
