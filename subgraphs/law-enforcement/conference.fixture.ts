import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { miniatureOf, type Miniature } from "./store/miniature.fixture";

const START = Date.now();
export const DAY = 86_400_000;
let elapsed = 0;
const now = () => new Date(START + elapsed);
/** So many days after the start. */
export const at = (days: number) => new Date(START + days * DAY);
export const dayAt = (days: number) => at(days).toISOString().slice(0, 10);

let place: TestDatabase;
export let database: DataSource;
export let write: Miniature;
export let door: TestDoor;

export const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
export const DAN: Who = { agency: "metro-police", roles: ["detective"], subject: "dan" };
export const PIA: Who = { agency: "county-prosecutor", roles: ["prosecutor"], subject: "pia" };
export const ADA: Who = { agency: "harbor-house", roles: ["advocate"], subject: "ada" };

interface Outcome {
  readonly conference: (Readonly<Record<string, unknown>> & { readonly id: string }) | null;
  readonly problem: string | null;
}

/** Tells a mutation, under a key of its own unless the input has one. */
export async function tell(who: Who, name: string, input: object): Promise<Outcome> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const answer = await door.ask(
    who,
    `mutation ($input: ${type}!) { ${name}(input: $input) { conference { id state justiceActions { id state owner } decisions { kind level } } problem } }`,
    { input: { key: randomUUID(), ...input } },
  );
  if (answer.status !== 200 || answer.errors) throw new Error(answer.text);
  return answer.data![name] as Outcome;
}

/** A conference, planned so many days ahead; its id. */
export const planned = async (startsInDays = 7) =>
  (await tell(CORA, "planConference", { startsAt: at(startsInDays), place: "City hall, room 3" })).conference!
    .id;

interface Item {
  readonly reasons: readonly string[];
  readonly person: { readonly id: string };
}

/** Whom an agenda is about, as a reader is shown it. */
export async function agendaOf(who: Who, conferenceId: string, more = ""): Promise<Item[]> {
  const answer = await door.ask(
    who,
    `query ($id: ID!) { conference(id: $id) { agenda(first: 200) { items { reasons person { id } ${more} } } } }`,
    { id: conferenceId },
  );
  if (answer.errors) throw new Error(answer.text);
  return (answer.data as { conference: { agenda: { items: Item[] } } }).conference.agenda.items;
}

/** A man in a case of an agency, at a level since some days. */
export async function man(level: "A" | "B" | "C" | null, sinceDays = 100, assignedAgency = "harbor-house") {
  const { id: personId } = await write.person();
  const { id: victimId } = await write.victim();
  const file = await write.caseFile({ personId, victimId, assignedAgency, assignedAt: at(-200) });
  if (level !== null) await confirm(personId, level, sinceDays);
  return { personId, caseId: file.id };
}

/** Confirms a man at a level, so many days ago. */
export async function confirm(personId: string, level: "A" | "B" | "C", sinceDays: number) {
  const { id: proposalId } = await write.proposal({
    personId,
    level,
    proposedAt: at(-sinceDays),
    supersededAt: at(-sinceDays),
  });
  await write.confirmation({ personId, proposalId, level, confirmedAt: at(-sinceDays) });
}

/** Why a man is on an agenda, sorted; none: he is not. */
export const reasonsOf = async (who: Who, conferenceId: string, personId: string) =>
  [
    ...((await agendaOf(who, conferenceId)).find(({ person }) => person.id === personId)?.reasons ?? []),
  ].sort();

/** Has the tests of a file find an empty county behind its real door, at its start before each. */
export function openCounty(): void {
  beforeAll(async () => {
    place = await createTestDatabase({ key: "law-enforcement", migrate });
    database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
    write = miniatureOf(database);
    door = await openTestDoor(place.url, now);
  });
  afterAll(async () => {
    await door?.close();
    await database?.destroy();
    await place?.drop();
  });
  beforeEach(() => {
    elapsed = 0;
  });
}

/** So many ms after the start. */
export function standAt(ms: number): void {
  elapsed = ms;
}
