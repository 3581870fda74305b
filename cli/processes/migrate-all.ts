import { migrate as migrateAdvocacy } from "../../subgraphs/advocacy/store/database";
import { migrate as migrateLawEnforcement } from "../../subgraphs/law-enforcement/store/database";
import { migrate as migrateServices } from "../../subgraphs/services/store/database";

/** Where each agency keeps its records. */
export interface AgencyAddresses {
  readonly lawEnforcement: string;
  /** By the community agency's id. */
  readonly advocacy: Readonly<Record<string, string>>;
  readonly services: string;
}

async function named(agency: string, migration: Promise<unknown>): Promise<void> {
  try {
    await migration;
  } catch (error) {
    throw new Error(
      `The database of ${agency} could not be brought up to date: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/** Brings the tables of these databases up to date. @throws Error naming the agency whose database failed. */
export async function migrateAll({
  lawEnforcement,
  advocacy = {},
  services,
}: Partial<AgencyAddresses>): Promise<void> {
  if (lawEnforcement !== undefined) await named("law-enforcement", migrateLawEnforcement(lawEnforcement));
  for (const [agency, url] of Object.entries(advocacy)) await named(agency, migrateAdvocacy(url));
  if (services !== undefined) await named("services", migrateServices(services));
}
