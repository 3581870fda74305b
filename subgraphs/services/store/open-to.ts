import type { DataSource } from "typeorm";
import { openPersons } from "../policy/conflict-wall";

/** True when nothing cuts an employee off from a person, known here or not. */
export async function isOpenTo(
  database: DataSource,
  employee: { readonly agency: string; readonly subject: string },
  personId: string,
): Promise<boolean> {
  const { sql, parameters } = openPersons(employee, "asked.person_id");
  const found = await database
    .createQueryBuilder()
    .select("1", "open")
    .from("(SELECT CAST(:personId AS uuid) AS person_id)", "asked")
    .where(sql, { ...parameters, personId })
    .getRawOne<object>();
  return found !== undefined;
}
