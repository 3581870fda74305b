import type { DataSource } from "typeorm";
import type { Reader } from "../domain/release";

/**
 * The databases of the community agencies, one each. Here, and nowhere else, is decided which one is opened: an
 * advocate's own agency's, always and only; for everyone else that of the agency the case is assigned to.
 */
export class AgencyDatabases {
  constructor(private readonly byAgency: ReadonlyMap<string, DataSource>) {}

  /** The database a reader's question goes to; null: there is none, so there is nothing. */
  openFor(reader: Reader, assignedAgency: string | null): DataSource | null {
    const agency = reader.advocate ? reader.agency : assignedAgency;
    return (agency !== null && this.byAgency.get(agency)) || null;
  }

  /** Every agency's, for figures over all of them. */
  all(): DataSource[] {
    return [...this.byAgency.values()];
  }

  /** Every agency's, by the agency's id, for what every one of them is asked alike. */
  each(): ReadonlyMap<string, DataSource> {
    return this.byAgency;
  }

  /** True when each of them answers. */
  async ready(): Promise<boolean> {
    const answers = await Promise.allSettled(this.all().map((database) => database.query("SELECT 1")));
    return answers.every(({ status }) => status === "fulfilled");
  }

  async close(): Promise<void> {
    await Promise.all(this.all().map((database) => database.destroy()));
  }
}
