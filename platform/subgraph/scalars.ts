import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** True for a day that exists, written 'YYYY-MM-DD'. */
function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8))];
  if (month < 1 || month > 12 || day < 1) return false;
  if (day <= 28) return true;
  // 30 February parses as 1 March: what comes out must be what went in.
  return day <= 31 && new Date(`${text}T00:00:00Z`).getUTCDate() === day;
}

/** The instant a text names, or null when it names none. */
function instantOf(text: string): Date | null {
  return INSTANT.test(text) && isDay(text.slice(0, 10)) ? new Date(text) : null;
}

function stringIn(node: ValueNode): unknown {
  return node.kind === Kind.STRING ? node.value : undefined;
}

/** Nothing that is told lies outside: a slip of the pen would stand in the records for good. */
const isTold = (day: string) => day.slice(0, 4) >= "1900" && day.slice(0, 4) <= "2199";

function serializeDay(value: unknown): string {
  if (typeof value === "string" && isDay(value)) return value;
  throw new GraphQLError("Not a Date.");
}

function parseDay(value: unknown): string {
  if (typeof value === "string" && isDay(value) && isTold(value)) return value;
  throw new GraphQLError("Not a Date: write a day that exists, from 1900 to 2199, as YYYY-MM-DD.");
}

function parseInstant(value: unknown): Date {
  const instant = typeof value === "string" ? instantOf(value) : null;
  if (instant && isTold(instant.toISOString())) return instant;
  throw new GraphQLError(
    "Not a DateTime: write an instant from 1900 to 2199 with its zone, as YYYY-MM-DDThh:mm:ssZ.",
  );
}

/** A calendar day at the site. Inside the code it is the string 'YYYY-MM-DD': a day has no time and no zone. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: "Date",
  description: "A calendar day at the site, YYYY-MM-DD.",
  serialize: serializeDay,
  parseValue: parseDay,
  parseLiteral: (node) => parseDay(stringIn(node)),
});

/** An instant. Inside the code it is a Date; on the wire ISO 8601, answered in UTC, read in any zone. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: "DateTime",
  description: "An instant in UTC, ISO 8601: YYYY-MM-DDThh:mm:ss.sssZ.",
  serialize: (value) => {
    if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
    throw new GraphQLError("Not a DateTime.");
  },
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(stringIn(node)),
});

const LONGEST_CURSOR = 200;

function parseCursor(value: unknown): string {
  if (typeof value === "string" && value.length <= LONGEST_CURSOR) return value;
  throw new GraphQLError("Not a Cursor.");
}

/** A place in an agency's feed. Whether it is one of this feed's is said by the stream that is asked for with it. */
export const CursorScalar = new GraphQLScalarType<string, string>({
  name: "Cursor",
  description: "A place in an agency's feed; opaque. Given as `after`, what comes after it follows.",
  serialize: parseCursor,
  parseValue: parseCursor,
  parseLiteral: (node) => parseCursor(stringIn(node)),
});
