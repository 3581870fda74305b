import type { Level } from "../../subgraphs/law-enforcement/domain/tier-rules";
import type { CityDatabases } from "./write-city";

/** How much of what a city holds. */
export interface SeedCounts {
  readonly persons: number;
  readonly victims: number;
  readonly cases: number;
  readonly incidents: number;
  readonly charges: number;
  readonly contacts: number;
  readonly clients: number;
  readonly referrals: number;
  /** Persons by their confirmed level. */
  readonly levels: Readonly<Record<Level, number>>;
  /** Proposals above the level in force: the queue of the next conference. */
  readonly awaitingConfirmation: number;
}

const LEVELS = `
  SELECT level, count(*)::integer AS count
  FROM (SELECT DISTINCT ON (person_id) level FROM level_confirmation ORDER BY person_id, confirmed_at DESC) in_force
  GROUP BY level`;

const AWAITING = `
  SELECT count(*)::integer AS count FROM level_proposal proposal
  WHERE superseded_at IS NULL AND NOT EXISTS (
    SELECT FROM level_confirmation confirmed
    WHERE confirmed.person_id = proposal.person_id AND confirmed.level <= proposal.level)`;

/** Counts what was written, in the transactions that wrote it. */
export async function countRecords({ justice, services, advocacy }: CityDatabases): Promise<SeedCounts> {
  const count = async ({ client }: { client: CityDatabases["services"]["client"] }, table: string) => {
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::integer AS count FROM ${table}`);
    return rows[0]!.count;
  };
  let clients = 0;
  for (const database of advocacy.values()) clients += await count(database, "client");
  const levels = { A: 0, B: 0, C: 0, D: 0 };
  const byLevel = await justice.client.query<{ level: Level; count: number }>(LEVELS);
  for (const row of byLevel.rows) levels[row.level] = row.count;
  const awaiting = await justice.client.query<{ count: number }>(AWAITING);
  return {
    persons: await count(justice, "person"),
    victims: await count(justice, "victim"),
    cases: await count(justice, "case_file"),
    incidents: await count(justice, "incident"),
    charges: await count(justice, "charge"),
    contacts: await count(justice, "contact"),
    clients,
    referrals: await count(services, "referral"),
    levels,
    awaitingConfirmation: awaiting.rows[0]!.count,
  };
}
