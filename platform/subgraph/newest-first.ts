import { GraphQLError } from "graphql";
import { ArgsType, Field, Int } from "type-graphql";
import { isUuid } from "../store/uuid";

const LARGEST_PAGE = 200;

@ArgsType()
export class PageArguments {
  @Field(() => Int, { defaultValue: 50, description: "How many at most, 1 to 200." })
  first!: number;

  @Field(() => String, { nullable: true, description: "The endCursor of the page before." })
  after?: string | null;
}

/** Where a row stands in a list that is sorted newest first, then by id. */
export interface Position {
  /** Microseconds since 1970, as many as a timestamptz keeps: a Date would round them, and skip or repeat rows. */
  readonly micros: string;
  readonly id: string;
}

/** One page of a list, and whether there is more. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/** SQL for the microseconds of a timestamptz column, as in a position. */
export function microsOf(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000000)::bigint::text`;
}

/** SQL for the timestamptz of a position's microseconds, given as the parameter `name`. */
export function instantOf(name: string): string {
  return `(timestamptz 'epoch' + ${name}::bigint * interval '1 microsecond')`;
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}

/** 16 digits of microseconds reach to the year 2286. */
const CURSOR = /^(-?\d{1,16}) (\S+)$/;

function positionIn(cursor: string): Position {
  const [, micros, id] = CURSOR.exec(Buffer.from(cursor, "base64url").toString("latin1")) ?? [];
  if (micros === undefined || id === undefined || !isUuid(id))
    throw badInput("after is no cursor of this list.");
  return { micros, id };
}

/**
 * Reads one page of a list that is sorted newest first, then by id. `read` gets the position after which to go on and
 * how many to read: one more than asked, which tells whether there is a next page. The cursor carries the position
 * itself, so a list goes on where it was though the row it stopped at has left.
 *
 * @throws GraphQLError BAD_USER_INPUT for a page size out of bounds or a cursor that is none of ours; before `read`.
 */
export async function newestFirst<Row>(
  { first, after }: PageArguments,
  read: (after: Position | null, limit: number) => Promise<{ row: Row; position: Position }[]>,
): Promise<Page<Row>> {
  if (first < 1 || first > LARGEST_PAGE) throw badInput(`first is between 1 and ${LARGEST_PAGE}.`);
  const found = await read(after == null ? null : positionIn(after), first + 1);
  const shown = found.slice(0, first);
  const last = shown.at(-1)?.position;
  return {
    rows: shown.map(({ row }) => row),
    endCursor: last ? Buffer.from(`${last.micros} ${last.id}`, "latin1").toString("base64url") : null,
    hasNextPage: found.length > first,
  };
}
