import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  ObjectType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from "type-graphql";
import { plansHoldFrom } from "../domain/contact";
import { callInsAfter, type CallInsAfter } from "../store/call-ins";
import type { CallInRow, CallInSpeakerRow } from "../store/entities/call-in";
import type { ContactRow } from "../store/entities/contact";
import { isUuid } from "../../../platform/store/uuid";
import { CallIn, CallInSpeaker } from "./call-in";
import { Contact } from "./contacts";
import type { LawEnforcementContext } from "./context";
import { isInstant, PageArguments, readPage, type Place } from "./pages";

const CallInTimeEnum = { UPCOMING: "upcoming", PAST: "past" } as const;
registerEnumType(CallInTimeEnum, {
  name: "CallInTime",
  description: "UPCOMING: those to come, next one first. PAST: those past, latest first.",
});

@ObjectType({ description: "One page of call-ins." })
export class CallInPage {
  @Field(() => [CallIn], { nullable: true, description: "The call-ins, in the order that was asked for." })
  callIns!: CallInRow[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

const BY_HOUR: Place<CallInRow> = {
  of: ({ plannedFor, id }) => [plannedFor.toISOString(), id],
  shape: [isInstant, isUuid],
};

@Resolver(() => CallIn)
export class CallInResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "Where; withdrawn from a messenger once it is over.",
  })
  place(@Root() callIn: CallInRow, @Ctx() { scopes, now }: LawEnforcementContext): string | null {
    const ahead = callIn.state === "planned" && callIn.plannedFor >= plansHoldFrom(now);
    return ahead || scopes.has("contact-record:F") ? callIn.place : null;
  }

  @FieldResolver(() => [CallInSpeaker], { nullable: true, description: "Who speaks, in their order." })
  speakers(
    @Root() { id }: CallInRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<CallInSpeakerRow[]> {
    return loaders.speakersOfCallIn.load(id);
  }

  @FieldResolver(() => [Contact], {
    nullable: true,
    description:
      "The contact with each who is invited, whose state says whether he came. Only those whom the reader may see.",
  })
  invitations(@Root() { id }: CallInRow, @Ctx() { loaders }: LawEnforcementContext): Promise<ContactRow[]> {
    return loaders.invitationsOfCallIn.load(id);
  }

  @Query(() => CallIn, {
    nullable: true,
    description:
      "One call-in; null alike when there is none and when the reader may see nobody who is invited.",
  })
  callIn(
    @Arg("id", () => ID) id: string,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<CallInRow | null> {
    return loaders.callIn.load(id);
  }

  @Query(() => CallInPage, {
    nullable: true,
    description: "The call-ins to which somebody is invited whose contact the reader may see.",
  })
  async callIns(
    @Args(() => PageArguments) page: PageArguments,
    @Arg("when", () => CallInTimeEnum, {
      nullable: true,
      description: "Those past; left out, those to come.",
    })
    when: CallInsAfter["when"] | null | undefined,
    @Ctx() { database, caller, now }: LawEnforcementContext,
  ): Promise<CallInPage> {
    const { rows, endCursor, hasNextPage } = await readPage(page, BY_HOUR, (after, limit) =>
      callInsAfter(database.manager, { caller, now, when: when ?? "upcoming", after, limit }),
    );
    return { callIns: rows, endCursor, hasNextPage };
  }
}
