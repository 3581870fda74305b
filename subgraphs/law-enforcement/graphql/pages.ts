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

/**
 * Reads one page by keyset: `read` gets the id after which to go on and how many to read, one more than asked, which
 * tells whether there is a next page. The cursor says only where to go on: an opaque id.
 *
 * @throws GraphQLError BAD_USER_INPUT for a page size out of bounds or a cursor that is none of ours.
 */
export async function readPage<Row extends { readonly id: string }>(
  { first, after }: PageArguments,
  read: (afterId: string | null, limit: number) => Promise<Row[]>,
): Promise<Page<Row>> {
  if (first < 1 || first > LARGEST_PAGE) throw badInput(`first is between 1 and ${LARGEST_PAGE}.`);
  const afterId = after == null ? null : Buffer.from(after, "base64url").toString("latin1");
  if (afterId !== null && !isUuid(afterId)) throw badInput("after is no cursor of this list.");
  const found = await read(afterId, first + 1);
  const rows = found.slice(0, first);
  const last = rows.at(-1);
  return {
    rows,
    endCursor: last ? Buffer.from(last.id, "latin1").toString("base64url") : null,
    hasNextPage: found.length > first,
  };
}
