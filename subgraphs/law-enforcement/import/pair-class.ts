import type { Client } from "pg";
import { type HubRelationship, incidentRelationships } from "../domain/relationship";
import type { RelationshipClass } from "../domain/relationship-codes";

const statements: Readonly<Record<HubRelationship, true>> = {
  married: true,
  "divorced-or-separated": true,
  dating: true,
  "formerly-dating": true,
  "cohabiting-partner": true,
  "child-in-common": true,
  "not-intimate": true,
};

/** What the hub itself may say of a tie, by the word for it. */
export const hubRelationships: ReadonlyMap<string, HubRelationship> = new Map(
  (Object.keys(statements) as HubRelationship[]).map((word) => [word.toUpperCase(), word]),
);

/** The class of one pair by NIBRS's code and the hub's statement; undefined for a code that is in no table. */
export function pairClass(
  nibrsCode: string,
  hubRelationship: HubRelationship | null,
): RelationshipClass | undefined {
  const found = incidentRelationships([{ victimId: "", offenderId: "", nibrsCode, hubRelationship }]);
  return found.ok ? found.value.pairs[0]?.class : undefined;
}

/** Stages the domain's answer for every code of the extract with every statement a person may have made. */
export async function stagePairClasses(client: Client): Promise<void> {
  const { rows } = await client.query<{ code: string }>(
    "SELECT DISTINCT code FROM import_staging.linked_relationship",
  );
  const answers = rows.flatMap(({ code }) =>
    [...hubRelationships.values()].map((stated) => [code, stated, pairClass(code, stated)] as const),
  );
  await client.query(
    "INSERT INTO import_staging.relationship_class SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
    [answers.map(([code]) => code), answers.map(([, stated]) => stated), answers.map(([, , found]) => found)],
  );
}
