import { ArgsType, Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { PolicyTable, Requirement } from "../policy/policy-table";
import { PageArguments, newestFirst, type Position } from "../subgraph/newest-first";
import { DateTimeScalar } from "../subgraph/scalars";
import type { AccessFilter, LoggedAccess, PlacedAccess } from "./access-log";
import type { Outcome } from "./access";

/*
 * How an agency shows its record. Every agency's schema has these types alike (@shareable): one fragment reads them all.
 */

const AccessOutcome = { ANSWERED: "answered", REFUSED: "refused", FAILED: "failed" } as const;
registerEnumType(AccessOutcome, {
  name: "AccessOutcome",
  description: "Something protected was answered; a rule kept all of it back; nothing came of it.",
});

/** Each argument only ever takes away from what the reader may see. */
@ArgsType()
export class AccessLogArguments extends PageArguments implements AccessFilter {
  @Field(() => ID, { nullable: true, description: "Only accesses to this record." })
  recordId?: string | null;

  @Field(() => String, { nullable: true, description: "Only accesses by this person." })
  subject?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Only accesses from this instant on." })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Only accesses before this instant." })
  until?: Date | null;
}

@Directive("@shareable")
@ObjectType({ description: "A record that an access named or opened." })
export class AccessedRecord {
  @Field(() => String, { description: "Its type in this API." })
  recordType!: string;

  @Field(() => ID, { description: "Opaque." })
  recordId!: string;
}

@Directive("@shareable")
@ObjectType({ description: "Who saw what, when and for what. Never what it said." })
export class AccessLogEntry {
  @Field(() => String, {
    nullable: true,
    description:
      "Its number in the agency's chain, to an auditor: a gap between two tells how much others read.",
  })
  sequence!: string | null;

  @Field(() => DateTimeScalar, { description: "When." })
  at!: Date;

  @Field(() => String, { description: "Who, as known to the agency of the reader." })
  subject!: string;

  @Field(() => String, { description: "The agency of the reader." })
  agency!: string;

  @Field(() => String, { description: "The role the reader acted in." })
  role!: string;

  @Field(() => String, { description: "The purpose stated." })
  purpose!: string;

  @Field(() => ID, { nullable: true, description: "The break-glass grant it was read under, if any." })
  breakGlassGrant!: string | null;

  @Field(() => String, { nullable: true, description: "The reason given for breaking the glass." })
  breakGlassReason!: string | null;

  @Field(() => String, { description: "SHA-256 of the operation's document." })
  operationHash!: string;

  @Field(() => [String], { description: "The protected fields that the operation named." })
  fields!: readonly string[];

  @Field(() => [AccessedRecord], { description: "The records that it named or opened." })
  records!: AccessedRecord[];

  @Field(() => [String], { description: "Which sources the records come from, where they say so." })
  provenance!: readonly string[];

  @Field(() => AccessOutcome, { description: "What became of it." })
  outcome!: Outcome;

  @Field(() => [String], { description: "The codes of the errors in the answer." })
  codes!: readonly string[];
}

@Directive("@shareable")
@ObjectType({ description: "One page of an agency's record of accesses." })
export class AccessLogPage {
  @Field(() => [AccessLogEntry], { nullable: true, description: "The accesses, newest first." })
  entries!: AccessLogEntry[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

/** The policy's rows of these types: open to whoever reads some of the log, but for a row's number in the chain. */
export function accessLogRows<Scope extends string>(
  some: Requirement<Scope>,
  whole: Requirement<Scope>,
): PolicyTable<Scope> {
  const rows = (type: string, fields: readonly string[]) => fields.map((field) => [`${type}.${field}`, some]);
  return Object.fromEntries([
    ["AccessLogEntry.sequence", whole],
    ...rows("AccessLogPage", ["entries", "endCursor", "hasNextPage"]),
    ...rows("AccessLogEntry", [
      ...["at", "subject", "agency", "role", "purpose", "breakGlassGrant", "breakGlassReason"],
      ...["operationHash", "fields", "records", "provenance", "outcome", "codes"],
    ]),
    ...rows("AccessedRecord", ["recordType", "recordId"]),
  ]) as PolicyTable<Scope>;
}

function entryOf({ grantId, grantReason, recordTypes, recordIds, ...row }: LoggedAccess): AccessLogEntry {
  return {
    ...row,
    breakGlassGrant: grantId,
    breakGlassReason: grantReason,
    records: recordIds.map((recordId, index) => ({ recordId, recordType: recordTypes[index]! })),
  };
}

/** One page of the log; `read` gives the rows after a position, newest first, as many as it is told. */
export async function accessLogPage(
  page: PageArguments,
  read: (after: Position | null, limit: number) => Promise<PlacedAccess[]>,
): Promise<AccessLogPage> {
  const { rows, ...rest } = await newestFirst(page, read);
  return { entries: rows.map(entryOf), ...rest };
}
