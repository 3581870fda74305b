import { openContacts } from "../../../subgraphs/law-enforcement/contacts.fixture";
import type { Who } from "../../../subgraphs/law-enforcement/door.fixture";
import { schemaOf } from "../hub";
import { countyOf } from "./county";
import { contactsTable } from "./law-enforcement-contacts";
import { personsTable } from "./law-enforcement-persons";
import { sweepAll, type Table } from "./sweep";
import { openLedger } from "./untouched";

/** Law enforcement behind its door, with its table in two parts, which are swept at once. */
export async function openSwept() {
  const site = await openContacts();
  const ledger = await openLedger([(site.database.options as { url: string }).url]);
  const county = countyOf(site);
  const [contacts, persons] = [contactsTable(county), personsTable(county)];
  const ask = (who: Who, query: string, variables: Record<string, unknown>) =>
    site.door.ask(who, query, variables);
  const agency = { schema: schemaOf("law-enforcement"), ask, ledger, now: site.now() };
  const part = (table: Table<Who>) => () => sweepAll(agency, { ...contacts, ...persons }, Object.keys(table));
  return {
    contacts: part(contacts),
    persons: part(persons),
    close: async () => {
      await ledger.close();
      await site.close();
    },
  };
}
export type Swept = Awaited<ReturnType<typeof openSwept>>;
