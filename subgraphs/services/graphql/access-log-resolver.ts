import { Args, Ctx, Query, Resolver } from "type-graphql";
import {
  AccessLogArguments,
  AccessLogPage,
  accessLogPage,
} from "../../../platform/access-record/access-log-types";
import type { ServicesContext } from "./context";

@Resolver()
export class AccessLogResolver {
  @Query(() => AccessLogPage, {
    nullable: true,
    description:
      "Who saw what of the services' records: to an auditor all of it, to others what they read themselves.",
  })
  servicesAccessLog(
    @Args(() => AccessLogArguments) asked: AccessLogArguments,
    @Ctx() { rows }: ServicesContext,
  ): Promise<AccessLogPage> {
    return accessLogPage(asked, (after, limit) => rows.accesses(asked, after, limit));
  }
}
