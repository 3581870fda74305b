import type { DataSource } from "typeorm";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";
import { openPersons } from "../policy/conflict-wall";
import { HelpPromiseRow } from "./entities/help-promise";

const DUE = "p.due_on::timestamp AT TIME ZONE 'UTC'";

/** The open promises of the reader's agency that were due before a day, the longest overdue first, after a position. */
export async function overduePromises(
  database: DataSource,
  reader: { readonly agency: string; readonly subject: string },
  day: string,
  after: Position | null,
  limit: number,
): Promise<{ row: HelpPromiseRow; position: Position }[]> {
  const open = openPersons(reader, "p.person_id");
  const page = database
    .getRepository(HelpPromiseRow)
    .createQueryBuilder("p")
    .addSelect(microsOf(DUE), "micros")
    .where("p.owner_agency = :agency AND p.state = 'open' AND p.due_on < :day", {
      agency: reader.agency,
      day,
    })
    .andWhere(open.sql, open.parameters)
    .orderBy("p.due_on", "ASC")
    .addOrderBy("p.id", "ASC")
    .limit(limit);
  if (after !== null) {
    const last = instantOf(":micros");
    page.andWhere(`(${DUE} > ${last} OR (${DUE} = ${last} AND p.id > :id))`, after);
  }
  const { entities, raw } = await page.getRawAndEntities<{ micros: string }>();
  return entities.map((row, index) => ({ row, position: { micros: raw[index]!.micros, id: row.id } }));
}
