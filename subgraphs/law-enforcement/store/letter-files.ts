import type { EntityManager } from "typeorm";

/** The file of each letter, or null; one that may tell of what was expunged is shown to nobody. */
export async function letterFiles(
  manager: EntityManager,
  ids: readonly string[],
): Promise<(Buffer | null)[]> {
  const rows: { id: string; pdf: Buffer | null }[] = await manager.query(
    `SELECT letter.id, letter.pdf FROM exposure_letter letter
     WHERE letter.id = ANY($1) AND NOT EXISTS (SELECT FROM withheld_letter held WHERE held.letter_id = letter.id)`,
    [ids],
  );
  const files = new Map(rows.map(({ id, pdf }) => [id, pdf]));
  return ids.map((id) => files.get(id) ?? null);
}
