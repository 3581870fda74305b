import type { DataSource } from "typeorm";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";
import type { SmallHelpState } from "../domain/small-help";
import { openPersons } from "../policy/conflict-wall";
import { disclosedRecords } from "../policy/part2-wall";
import { SmallHelpRow } from "./entities/small-help";

/** Whose requests, and in which state; null: any. */
export interface SmallHelpAsked {
  /** Requests that this agency made alone. */
  readonly agency: string | null;
  readonly state: SmallHelpState | null;
  readonly at: Date;
}

/**
 * Requests for small things that no consent of 42 CFR Part 2 is missing for, of persons from whom no conflict cuts the
 * reader off, newest first, after a position.
 */
export async function smallHelpPage(
  database: DataSource,
  reader: { readonly agency: string; readonly subject: string },
  { agency, state, at }: SmallHelpAsked,
  after: Position | null,
  limit: number,
): Promise<{ row: SmallHelpRow; position: Position }[]> {
  const open = openPersons(reader, "s.person_id");
  const disclosed = disclosedRecords(reader.agency, at, "s.referral_id");
  const page = database
    .getRepository(SmallHelpRow)
    .createQueryBuilder("s")
    .addSelect(microsOf("s.requested_at"), "micros")
    .where(open.sql, open.parameters)
    .andWhere(disclosed.sql, disclosed.parameters)
    .orderBy("s.requested_at", "DESC")
    .addOrderBy("s.id", "ASC")
    .limit(limit);
  if (agency !== null) page.andWhere("s.requested_agency = :agency", { agency });
  if (state !== null) page.andWhere("s.state = :state", { state });
  if (after !== null) {
    const last = instantOf(":micros");
    page.andWhere(`(s.requested_at < ${last} OR (s.requested_at = ${last} AND s.id > :id))`, after);
  }
  const { entities, raw } = await page.getRawAndEntities<{ micros: string }>();
  return entities.map((row, index) => ({ row, position: { micros: raw[index]!.micros, id: row.id } }));
}
