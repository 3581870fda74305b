import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from "type-graphql";
import type { DataSource } from "typeorm";
import {
  readAccessLog,
  type AccessFilter,
  type LoggedAccess,
  type VisibleAccesses,
} from "../../../platform/access-record/access-log";
import {
  AccessLogArguments,
  AccessLogPage,
  accessLogPage,
} from "../../../platform/access-record/access-log-types";
import { PageArguments } from "../../../platform/subgraph/newest-first";
import { emergencyAccesses, loggedAccesses } from "../policy/access-log";
import { expungedAmong } from "../store/expungements";
import type { LawEnforcementContext } from "./context";

@ArgsType()
class BreakGlassAccessArguments extends PageArguments {
  @Field(() => ID, { nullable: true, description: "Only those made under this opening." })
  openingId?: string | null;
}

function pageOf(
  database: DataSource,
  visible: VisibleAccesses | null,
  asked: PageArguments & AccessFilter,
): Promise<AccessLogPage> {
  return accessLogPage(asked, async (after, limit) => {
    const read = (sql: string, values: unknown[]) => database.query(sql, values);
    const found = visible === null ? [] : await readAccessLog(read, visible, asked, after, limit);
    // What was read stands in the chain for good; what a court sealed is not named from it.
    const gone = await expungedAmong(database, [...new Set(found.flatMap(({ row }) => row.recordIds))]);
    if (asked.recordId != null && gone.has(asked.recordId.toLowerCase())) return [];
    return found.map(({ row, position }) => ({ row: without(row, gone), position }));
  });
}

function without(row: LoggedAccess, gone: ReadonlySet<string>): LoggedAccess {
  const kept = row.recordIds.map((id) => !gone.has(id));
  const those = <One>(list: readonly One[]) => list.filter((_, nth) => kept[nth]);
  return { ...row, recordIds: those(row.recordIds), recordTypes: those(row.recordTypes) };
}

@Resolver()
export class AccessLogResolver {
  @Query(() => AccessLogPage, {
    nullable: true,
    description:
      "Who saw what of law enforcement's records: to an auditor all of it, to others what they read themselves.",
  })
  lawEnforcementAccessLog(
    @Args(() => AccessLogArguments) asked: AccessLogArguments,
    @Ctx() { caller, database }: LawEnforcementContext,
  ): Promise<AccessLogPage> {
    return pageOf(database, loggedAccesses(caller), asked);
  }

  @Query(() => AccessLogPage, {
    nullable: true,
    description:
      "What was read of law enforcement's records with an opening in hand, whoever did, newest first.",
  })
  breakGlassAccesses(
    @Args(() => BreakGlassAccessArguments) { first, after, openingId }: BreakGlassAccessArguments,
    @Ctx() { caller, database }: LawEnforcementContext,
  ): Promise<AccessLogPage> {
    return pageOf(database, emergencyAccesses(caller), {
      first,
      ...(after == null ? {} : { after }),
      ...(openingId == null ? {} : { grantId: openingId }),
    });
  }
}
