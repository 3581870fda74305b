import { openActing, type Acting } from "../../../subgraphs/services/acts.fixture";
import type { Who } from "../../../subgraphs/services/door.fixture";
import { createTestDatabase } from "../../setup/databases";
import { schemaOf } from "../hub";
import { SERVICES_NOW, servicesTable, writePerson } from "./services";
import { sweepAll, type Table } from "./sweep";
import { openLedger, type Ledger } from "./untouched";

const schema = schemaOf("services");

let acting: Acting;
let ledger: Ledger;
let table: Table<Who>;

beforeAll(async () => {
  acting = await openActing(createTestDatabase, SERVICES_NOW);
  table = servicesTable(acting, await writePerson(acting.url));
  ledger = await openLedger([acting.url]);
}, 60_000);
afterAll(async () => {
  await ledger?.close();
  await acting?.close();
});

test("SV45: every bad input of every mutation is refused with a problem and changes nothing; not yours is answered as not there", async () => {
  const ask = (who: Who, query: string, variables: Record<string, unknown>) =>
    acting.door.ask(who, query, variables);
  expect(await sweepAll({ schema, ask, ledger, now: SERVICES_NOW }, table)).toEqual({});
}, 120_000);
