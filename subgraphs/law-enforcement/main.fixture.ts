import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type Answer, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { completePerson, miniatureOf, type Miniature } from "./store/miniature.fixture";

/** A little ahead, so that what a test writes lies before it. */
export const NOW = new Date(Date.now() + 60_000);
export const DETECTIVE: Who = { agency: "metro-police", roles: ["detective"], subject: "dana" };
export const PROBATION: Who = { agency: "county-probation", roles: ["probation"] };
export const ADVOCATE: Who = { agency: "harbor-house", roles: ["advocate"] };
export const PROVIDER: Who = { agency: "new-start", roles: ["provider"] };
export const MESSENGER: Who = { agency: "street-voices", roles: ["messenger"], subject: "mo" };
export const EVALUATOR: Who = { agency: "state-university", roles: ["evaluator"] };
export const AUDITOR: Who = { agency: "county-audit", roles: ["auditor"] };

let place: TestDatabase;
export let database: DataSource;
export let write: Miniature;
export let door: TestDoor;
export let complete: Awaited<ReturnType<typeof completePerson>>;

/** What a reader is answered of a person; null: without a token. */
export const person = (who: Who | null, selection: string, id = complete.personId): Promise<Answer> =>
  door.ask(who, `query ($id: ID!) { person(id: $id) ${selection} }`, { id });
/** The same, asked as a reference. */
export const entity = (who: Who | null, type: string, id: string, selection: string): Promise<Answer> =>
  door.ask(
    who,
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on ${type} ${selection} } }`,
    { representations: [{ __typename: type, id }] },
  );
/** The codes of its errors. */
export const codes = (answer: Answer): (string | undefined)[] =>
  (answer.errors ?? []).map((error) => error.extensions.code);

/** Has the tests of a file find a county with a man of whom there is everything, behind its real door. */
export function openCounty(): void {
  beforeAll(async () => {
    place = await createTestDatabase({ key: "law-enforcement", migrate });
    database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
    write = miniatureOf(database);
    complete = await completePerson(write);
    door = await openTestDoor(place.url, NOW);
  });
  afterAll(async () => {
    await door?.close();
    await database?.destroy();
    await place?.drop();
  });
}
