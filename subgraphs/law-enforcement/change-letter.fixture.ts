import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { miniatureOf, type Miniature } from "./store/miniature.fixture";

const START = new Date("2026-03-05T10:00:00Z").getTime();
const HOUR = 3_600_000;
/** Each look at the clock is a moment later, as it is. */
let looks = 0;
/** A moment later each time. */
export const now = () => new Date(START + looks++);

let place: TestDatabase;
export let database: DataSource;
export let write: Miniature;
export let door: TestDoor;

export const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
export const DAN: Who = { agency: "metro-police", roles: ["detective"], subject: "dan" };
export const PAT: Who = { agency: "county-prosecutor", roles: ["prosecutor"], subject: "pat" };
export const ANN: Who = { agency: "harbor-house", roles: ["advocate"], subject: "ann" };

export const EXPOSURE = "A further arrest is prosecuted as a felony: up to 5 years in prison.";
const SHOWN = `letter { id kind state text language templateId templateVersion pdf pdfHash draftedBy approvedBy approvedAt
  servedOn servedAt servedHow servedBy contactId closedBy } problem leaks { kind line column }`;

interface Letter extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly text: string;
  readonly pdf: string;
}
interface Outcome {
  readonly letter: Letter | null;
  readonly problem: string | null;
  readonly leaks: readonly { readonly kind: string; readonly line: number; readonly column: number }[] | null;
}
type Name = "draftLetter" | "approveLetter" | "recordLetterServed" | "withdrawLetter";
export const nothing = (problem: string) => ({ letter: null, problem, leaks: null });

/** Tells a mutation, under a key of its own unless the input has one. */
export async function tell(who: Who, name: Name, input: object): Promise<Outcome> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${SHOWN} } }`;
  const answer = await door.ask(who, query, { input: { key: randomUUID(), ...input } });
  if (answer.status !== 200 || answer.errors) throw new Error(answer.text);
  return answer.data![name] as Outcome;
}

export interface Man {
  readonly personId: string;
  readonly victimId: string;
  readonly caseId: string;
}
export async function manAt(
  level: "A" | "B" | "C" | "D",
  name = { givenName: "Carlos", familyName: "Sample" },
): Promise<Man> {
  const { id: personId } = await write.person({ ...name, sex: "M", address: "9 Elm Street" });
  const { id: victimId } = await write.victim({
    ...{ givenName: "Maria", familyName: "Lopez", dateOfBirth: "1990-03-12" },
    ...{ address: "123 N Main St Apt 4", phone: "(595) 555-0102" },
  });
  const { id: caseId } = await write.caseFile({ personId, victimId });
  const { id: proposalId } = await write.proposal({ personId, level, supersededAt: new Date(START - HOUR) });
  await write.confirmation({ personId, proposalId, level, confirmedAt: new Date(START - HOUR) });
  return { personId, victimId, caseId };
}
export const draft = ({ personId }: Man, more: object = {}, who = DAN) =>
  tell(who, "draftLetter", {
    personId,
    kind: "CUSTOM_NOTIFICATION",
    language: "en",
    exposure: EXPOSURE,
    ...more,
  });
export const draftD = (man: Man, more: object = {}, who = DAN) =>
  draft(man, { kind: "LETTER", exposure: null, ...more }, who);
export const approve = (letterId: string, who = PAT, more: object = {}) =>
  tell(who, "approveLetter", { letterId, expects: "DRAFTED", ...more });
export const withdraw = (letterId: string, expects: string, who = DAN) =>
  tell(who, "withdrawLetter", { letterId, expects });
export const serve = (letterId: string, contactId: string, more: object = {}) =>
  tell(DAN, "recordLetterServed", {
    ...{
      letterId,
      contactId,
      expects: "REVIEWED",
      servedAt: now().toISOString(),
      how: "HANDED_OVER",
      servedBy: "Dan",
    },
    ...more,
  });
export const idOf = async (drafted: Promise<Outcome>) => (await drafted).letter!.id;
export const lettersOf = ({ personId }: Man) =>
  database.query<{ state: string }[]>("SELECT state FROM exposure_letter WHERE person_id = $1", [personId]);

/** A contact of a man at B, whose victim was told. */
export async function contactOf(man: Man, state: "planned" | "released" | "made", level: "B" | "D" = "B") {
  const recordedAt = new Date(START - HOUR);
  await write.outreach({ caseId: man.caseId, recordedAt: new Date(recordedAt.getTime() + 500) });
  const means = level === "B" ? ("custom-notification" as const) : ("letter" as const);
  return (await write.contact({ personId: man.personId, level, means, state, recordedAt })).id;
}
/** A letter that is approved and not yet served; its id. */
export async function approvedLetter(man: Man): Promise<string> {
  const id = await idOf(draft(man));
  await approve(id);
  return id;
}

/** Has the tests of a file find an empty county behind its real door. */
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
}
