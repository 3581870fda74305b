import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from "type-graphql";
import type { DataSource } from "typeorm";
import {
  readAccessLog,
  type AccessFilter,
  type VisibleAccesses,
} from "../../../platform/access-record/access-log";
import {
  AccessLogArguments,
  AccessLogPage,
  accessLogPage,
} from "../../../platform/access-record/access-log-types";
import { PageArguments } from "../../../platform/subgraph/newest-first";
import { emergencyAccesses, loggedAccesses } from "../policy/access-log";
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
  return accessLogPage(asked, async (after, limit) =>
    visible === null
      ? []
      : readAccessLog((sql, values) => database.query(sql, values), visible, asked, after, limit),
  );
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
