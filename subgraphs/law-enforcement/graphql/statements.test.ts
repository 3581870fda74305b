import { buildSubgraph } from "../../../platform/subgraph/subgraph-schema";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "../door.fixture";
import { scopesOfCaller } from "../policy/scopes-of-caller";
import { migrate, openLawEnforcementDatabase } from "../store/database";
import { completePerson, miniatureOf } from "../store/miniature.fixture";
import { lawEnforcementDefinition } from "./definition";
import { selectEverything } from "../../../test/setup/select-everything";

const MANY = 50;
/** The role that may see most: a token names one. */
const detective: Who = { agency: "metro-police", roles: ["detective"], subject: "mo" };
let place: TestDatabase;
let door: TestDoor;
const coordinator: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
let everything: string;
let conferenceId: string;
let sheet: string;
let ids: string[];

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  const database = await openLawEnforcementDatabase(place.url);
  const write = miniatureOf(database);
  ids = [];
  for (let count = 0; count < MANY; count += 1) ids.push((await completePerson(write)).personId);
  [{ id: conferenceId }] = await database.query<[{ id: string }]>(
    `INSERT INTO conference (starts_at, place, state, agenda_from, planned_by, recorded_at)
     VALUES (now() + interval '1 day', 'City hall', 'planned', '2000-01-01', 'cora', now()) RETURNING id`,
  );
  await database.destroy();
  const definition = lawEnforcementDefinition();
  const { schema } = await buildSubgraph(definition);
  everything = selectEverything(schema, definition.policy, scopesOfCaller(detective), "Person");
  sheet = selectEverything(schema, definition.policy, scopesOfCaller(coordinator), "AgendaItem");
  door = await openTestDoor(place.url, new Date());
  await door.ask(detective, "{ persons { people { id } } }");
}, 60_000);
afterAll(async () => {
  await door?.close();
  await place?.drop();
});

/** Statements that one question takes; the answer must be whole, or the count says nothing. */
async function statementsOf(
  query: string,
  variables: Record<string, unknown>,
  people: number,
): Promise<number> {
  door.statements();
  const answer = await door.ask(detective, query, variables);
  const count = door.statements();
  expect(answer.errors).toBeUndefined();
  expect(answer.text.match(/"narrative":"narrative"/g)).toHaveLength(people);
  expect(answer.text.match(/"contactMethod":\{"mayCall":true/g)).toHaveLength(people);
  expect(answer.text.match(/"violations":\[\{/g)).toHaveLength(people);
  return count;
}

test("a list with everything selected takes as many statements for 50 persons as for 5", async () => {
  const query = `query ($first: Int!) { persons(first: $first) { people ${everything} } }`;
  const few = await statementsOf(query, { first: 5 }, 5);
  const many = await statementsOf(query, { first: MANY }, MANY);
  expect(many).toBe(few);
  // One a relation; a new relation may raise it, a loop may not.
  expect(few).toBeLessThanOrEqual(40);
});

test("so do references: 50 take as many as 5", async () => {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Person ${everything} } }`;
  const referring = (count: number) => ({
    representations: ids.slice(0, count).map((id) => ({ __typename: "Person", id })),
  });
  const few = await statementsOf(query, referring(5), 5);
  expect(await statementsOf(query, referring(MANY), MANY)).toBe(few);
});

test("so does the sheet of a conference: as many statements for 50 persons on its agenda as for 5", async () => {
  const query = `query ($id: ID!, $first: Int!) {
    conference(id: $id) { agenda(first: $first) { items ${sheet} } } }`;
  const statementsFor = async (people: number) => {
    door.statements();
    const answer = await door.ask(coordinator, query, { id: conferenceId, first: people });
    const count = door.statements();
    expect(answer.errors).toBeUndefined();
    expect(answer.text.match(/"openContacts":\[\{/g)).toHaveLength(people);
    expect(answer.text.match(/"levelReasons":\[\{/g)!.length).toBeGreaterThanOrEqual(people);
    expect(answer.text.match(/"chargeSummaries":\[\{/g)!.length).toBeGreaterThanOrEqual(people);
    return count;
  };
  const few = await statementsFor(5);
  expect(await statementsFor(MANY)).toBe(few);
  expect(few).toBeLessThanOrEqual(45);
});
