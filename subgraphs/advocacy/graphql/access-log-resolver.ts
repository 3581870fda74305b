import { Args, Ctx, Query, Resolver } from "type-graphql";
import {
  AccessLogArguments,
  AccessLogPage,
  accessLogPage,
} from "../../../platform/access-record/access-log-types";
import { loggedAccesses } from "../policy/access-log";
import { accessesOver } from "../store/access-log";
import type { AdvocacyContext } from "./context";

@Resolver()
export class AccessLogResolver {
  @Query(() => AccessLogPage, {
    nullable: true,
    description:
      "Who saw what of the advocacy agencies' records: to an agency's own advocates and auditors all of that agency's, " +
      "to others what they asked themselves, once for each agency in whose record it stands.",
  })
  advocacyAccessLog(
    @Args(() => AccessLogArguments) asked: AccessLogArguments,
    @Ctx() { reader, scopes, databases }: AdvocacyContext,
  ): Promise<AccessLogPage> {
    const each = databases.each();
    const visible = loggedAccesses(reader, scopes, each.keys());
    return accessLogPage(asked, (after, limit) => accessesOver(each, visible, asked, after, limit));
  }
}
