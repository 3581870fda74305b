import { openTestDoor, type TestDoor, type Who } from "../../../subgraphs/advocacy/door.fixture";
import { migrate } from "../../../subgraphs/advocacy/store/database";
import { createTestDatabase, type TestDatabase } from "../../setup/databases";
import { schemaOf } from "../hub";
import { ADVOCACY_NOW, advocacyTable, writeCase } from "./advocacy";
import { sweepAll, type Table } from "./sweep";
import { openLedger, type Ledger } from "./untouched";

const schema = schemaOf("advocacy");

let places: TestDatabase[];
let door: TestDoor;
let ledger: Ledger;
let table: Table<Who>;

beforeAll(async () => {
  const [harbor, passage] = [
    await createTestDatabase({ key: "advocacy", migrate }),
    await createTestDatabase({ key: "advocacy", migrate }),
  ];
  places = [harbor, passage];
  const police = { his: ["12 Main St, Kingston"], hers: [] };
  door = await openTestDoor({ "harbor-house": harbor.url, "safe-passage": passage.url }, () => ADVOCACY_NOW, {
    of: (_agency, ids) => Promise.resolve(new Map(ids.map((id) => [id, police]))),
  });
  table = advocacyTable(await writeCase(harbor.url));
  ledger = await openLedger(places.map(({ url }) => url));
}, 60_000);
afterAll(async () => {
  await ledger?.close();
  await door?.close();
  await Promise.all((places ?? []).map((place) => place.drop()));
});

test("AV70: every bad input of every mutation is refused with a problem and changes nothing; not hers is answered as not there", async () => {
  const ask = (who: Who, query: string, variables: Record<string, unknown>) =>
    door.ask(who, query, variables);
  expect(await sweepAll({ schema, ask, ledger, now: ADVOCACY_NOW }, table)).toEqual({});
}, 120_000);
