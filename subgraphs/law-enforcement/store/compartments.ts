import type { EntityManager } from "typeorm";
import { CompartmentReaderRow, CompartmentRow } from "./entities/conflict";

/** An employee, by his agency's id and the subject of his token. */
export interface Employee {
  readonly agency: string;
  readonly subject: string;
}

/** Seals a case; one that is sealed already stays as it is. */
export async function sealCase(
  manager: EntityManager,
  caseId: string,
  openedBy: string,
  now: Date,
): Promise<void> {
  const rows = manager.createQueryBuilder().insert().into(CompartmentRow);
  await rows.values({ caseId, openedBy, openedAt: now }).orIgnore().execute();
}

/** Names readers of a compartment; one who is named already stays as he is. */
export async function nameReaders(
  manager: EntityManager,
  caseId: string,
  readers: readonly Employee[],
  namedBy: string,
  now: Date,
): Promise<void> {
  const rows = manager.createQueryBuilder().insert().into(CompartmentReaderRow);
  const named = readers.map(({ agency, subject }) => ({ caseId, agency, subject, namedBy, namedAt: now }));
  await rows.values(named).orIgnore().execute();
}
