import { Column, Entity, PrimaryGeneratedColumn, type EntityManager } from "typeorm";
import { isUuid } from "../store/uuid";

/** One opening, as the agency that holds the element keeps it. Only ever added to. */
@Entity("break_glass_opening")
export class BreakGlassOpeningRow {
  @PrimaryGeneratedColumn("uuid")
  id!: string;

  @Column("text")
  subject!: string;

  @Column("text")
  agency!: string;

  @Column("text")
  role!: string;

  @Column("text")
  element!: string;

  @Column("text")
  reason!: string;

  @Column("timestamptz", { name: "opened_at" })
  openedAt!: Date;

  @Column("timestamptz", { name: "expires_at" })
  expiresAt!: Date;
}

/** Characters of a reason: more than a word, less than a report. */
export const SHORTEST_REASON = 10;
export const LONGEST_REASON = 1_000;

/** The table, for an agency's own migration. */
export const BREAK_GLASS_TABLE = `
  CREATE TABLE break_glass_opening (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    subject text NOT NULL,
    agency text NOT NULL,
    role text NOT NULL,
    element text NOT NULL,
    reason text NOT NULL CHECK (length(btrim(reason)) BETWEEN ${SHORTEST_REASON} AND ${LONGEST_REASON}),
    opened_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL CHECK (expires_at > opened_at AND expires_at <= opened_at + interval '15 minutes')
  );
  CREATE INDEX break_glass_opening_newest ON break_glass_opening (opened_at DESC, id DESC);

  CREATE FUNCTION refuse_change_of_opening() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
  BEGIN
    RAISE EXCEPTION 'Openings are only ever added to.' USING ERRCODE = 'insufficient_privilege';
  END $$;
  CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON break_glass_opening
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_opening();
  REVOKE UPDATE, DELETE, TRUNCATE ON break_glass_opening FROM CURRENT_USER;
`;

/** ms: 15 minutes, after which the reason must be given again. */
const OPEN_FOR = 15 * 60_000;

/** Writes an opening that lasts 15 minutes from `openedAt`. */
export async function insertOpening(
  manager: EntityManager,
  opening: Omit<BreakGlassOpeningRow, "id" | "expiresAt">,
): Promise<BreakGlassOpeningRow> {
  const expiresAt = new Date(opening.openedAt.getTime() + OPEN_FOR);
  return manager.save(manager.create(BreakGlassOpeningRow, { ...opening, expiresAt }));
}

/** The opening of a grant, or null. */
export async function findOpening(manager: EntityManager, id: string): Promise<BreakGlassOpeningRow | null> {
  return isUuid(id) ? manager.findOneBy(BreakGlassOpeningRow, { id }) : null;
}

/** Openings, newest first, from the place given on. */
export async function newestOpenings(
  manager: EntityManager,
  after: readonly string[] | null,
  limit: number,
): Promise<BreakGlassOpeningRow[]> {
  const query = manager
    .createQueryBuilder(BreakGlassOpeningRow, "opening")
    .orderBy("opening.openedAt", "DESC")
    .addOrderBy("opening.id", "DESC")
    .limit(limit);
  if (after)
    query.where("(opening.opened_at, opening.id) < (:instant, :id)", { instant: after[0], id: after[1] });
  return query.getMany();
}
