import { migrate as migrateAdvocacy } from "../../subgraphs/advocacy/store/database";
import { migrate as migrateLawEnforcement } from "../../subgraphs/law-enforcement/store/database";
import { migrate as migrateServices } from "../../subgraphs/services/store/database";
import { broughtUpToDate } from "./brought-up-to-date";

/** Where each agency keeps its records. */
export interface AgencyAddresses {
  readonly lawEnforcement: string;
  /** By the community agency's id. */
  readonly advocacy: Readonly<Record<string, string>>;
  readonly services: string;
}

/** Brings the tables of these databases up to date. @throws Error naming the agency whose database failed. */
export async function migrateAll({
  lawEnforcement,
  advocacy = {},
  services,
}: Partial<AgencyAddresses>): Promise<void> {
  if (lawEnforcement !== undefined)
    await broughtUpToDate("law-enforcement", migrateLawEnforcement(lawEnforcement));
  for (const [agency, url] of Object.entries(advocacy)) await broughtUpToDate(agency, migrateAdvocacy(url));
  if (services !== undefined) await broughtUpToDate("services", migrateServices(services));
}
