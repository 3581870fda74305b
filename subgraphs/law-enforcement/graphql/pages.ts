import { GraphQLError } from "graphql";
import { ArgsType, Field, Int } from "type-graphql";
import { isUuid } from "../../../platform/store/uuid";

const LARGEST_PAGE = 200;

@ArgsType()
export class PageArguments {
  @Field(() => Int, { defaultValue: 50, description: "How many at most, 1 to 200." })
  first!: number;

  @Field(() => String, { nullable: true, description: "The endCursor of the page before." })
  after?: string | null;
}

/** One page of a list, and whether there is more. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}

/** The place of a row in its list: the words by which the list is ordered, the id last. */
export interface Place<Row> {
  readonly of: (row: Row) => readonly string[];
  /** What each word must look like; a cursor of another shape is none of this list. */
  readonly shape: readonly ((word: string) => boolean)[];
}

/** True for an instant as cursors write it, e.g. "2026-03-15T12:00:00.000Z". */
export function isInstant(word: string): boolean {
  const read = new Date(word);
  return !Number.isNaN(read.getTime()) && read.toISOString() === word;
}

/** A list in the order of ids. */
export const BY_ID: Place<{ readonly id: string }> = { of: ({ id }) => [id], shape: [isUuid] };

const BETWEEN = " ";

/** The words of a cursor; null on the first page. It says itself where to go on, so no row must still be there. */
function placeIn<Row>({ shape }: Place<Row>, after: string | null | undefined): readonly string[] | null {
  if (after == null) return null;
  const words = Buffer.from(after, "base64url").toString("latin1").split(BETWEEN);
  if (words.length !== shape.length || !words.every((word, index) => shape[index]?.(word))) {
    throw badInput("after is no cursor of this list.");
  }
  return words;
}

/**
 * Reads one page by keyset: `read` gets the place after which to go on and how many to read, one more than asked, which
 * tells whether there is a next page.
 *
 * @throws GraphQLError BAD_USER_INPUT for a page size out of bounds or a cursor that is none of ours.
 */
export async function readPage<Row>(
  { first, after }: PageArguments,
  place: Place<Row>,
  read: (after: readonly string[] | null, limit: number) => Promise<Row[]>,
): Promise<Page<Row>> {
  if (first < 1 || first > LARGEST_PAGE) throw badInput(`first is between 1 and ${LARGEST_PAGE}.`);
  const found = await read(placeIn(place, after), first + 1);
  const rows = found.slice(0, first);
  const last = rows.at(-1);
  return {
    rows,
    endCursor: last ? Buffer.from(place.of(last).join(BETWEEN), "latin1").toString("base64url") : null,
    hasNextPage: found.length > first,
  };
}
