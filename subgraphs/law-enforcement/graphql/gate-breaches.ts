import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from "type-graphql";
import { PAGE, textFault, type TextFault } from "../domain/contact-form";
import { nameOf } from "../store/contacts";
import type { GateBreachRow } from "../store/entities/gate-breach";
import { breachesAfter, findBreach, reviewBreach } from "../store/gate-breaches";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { Contact } from "./contacts";
import type { LawEnforcementContext } from "./context";
import { GateConditionEnum } from "./enums";
import { isInstant, PageArguments, readPage, type Place } from "./pages";

type BreachProblem = "NOT_FOUND" | "KEY_IS_NO_UUID" | "ALREADY_REVIEWED" | KeyRefusal | TextFault;
const BreachProblemEnum: { readonly [Code in BreachProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  ALREADY_REVIEWED: "ALREADY_REVIEWED",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
};
registerEnumType(BreachProblemEnum, {
  name: "BreachProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such report and that it is not the reader's to see.",
});

@ObjectType({
  description:
    "The report of a contact that was made in breach of the gate. Who met him, when and how is in the contact.",
})
export class GateBreach {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => [GateConditionEnum], {
    nullable: true,
    description: "What did not hold when he was contacted; none: whoever reported it knows what was wrong.",
  })
  failed!: GateBreachRow["failed"];

  @Field(() => String, { nullable: true, description: "Who reported it: subject@agency." })
  reportedBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was reported." })
  reportedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: "What the review found; null: nobody looked into it yet.",
  })
  review!: string | null;

  @Field(() => String, { nullable: true, description: "Who looked into it: subject@agency." })
  reviewedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When." })
  reviewedAt!: Date | null;
}

@ObjectType({ description: "One page of reports of breaches." })
export class GateBreachPage {
  @Field(() => [GateBreach], { nullable: true, description: "Oldest first." })
  breaches!: GateBreachRow[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

@InputType({ description: "What came of looking into a breach." })
export class ReviewBreachInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The report." })
  breachId!: string;

  @Field(() => String, { description: "What was found, and what is done about it." })
  review!: string;
}

@ObjectType({ description: "The report as it now is, or a problem." })
export class ReviewBreachResult {
  @Field(() => GateBreach, { nullable: true, description: "The report as it now is." })
  breach!: GateBreachRow | null;

  @Field(() => BreachProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: BreachProblem | null;
}

const BY_AGE: Place<GateBreachRow> = {
  of: ({ reportedAt, id }) => [reportedAt.toISOString(), id],
  shape: [isInstant, isUuid],
};

const refused = (problem: BreachProblem): ReviewBreachResult => ({ breach: null, problem });

@Resolver(() => GateBreach)
export class GateBreachResolver {
  @FieldResolver(() => Contact, { nullable: true, description: "The contact." })
  contact(@Root() breach: GateBreachRow, @Ctx() { loaders }: LawEnforcementContext) {
    return loaders.contact.load(breach.contactId);
  }

  @Query(() => GateBreachPage, {
    nullable: true,
    description: "Contacts that were made in breach of the gate, with persons whom the reader may see.",
  })
  async gateBreaches(
    @Args(() => PageArguments) page: PageArguments,
    @Arg("reviewed", () => Boolean, {
      nullable: true,
      description: "Only those that were, or were not, reviewed.",
    })
    reviewed: boolean | null | undefined,
    @Ctx() { database, caller, now }: LawEnforcementContext,
  ): Promise<GateBreachPage> {
    const { rows, endCursor, hasNextPage } = await readPage(page, BY_AGE, (after, limit) =>
      breachesAfter(database.manager, { caller, now, reviewed: reviewed ?? null, after, limit }),
    );
    return { breaches: rows, endCursor, hasNextPage };
  }

  @Mutation(() => ReviewBreachResult, {
    nullable: true,
    description: "Records that a coordinator looked into a breach; each is reviewed once.",
  })
  async reviewBreach(
    @Arg("input", () => ReviewBreachInput, { description: "What was found." }) input: ReviewBreachInput,
    @Ctx() { database, caller, now }: LawEnforcementContext,
  ): Promise<ReviewBreachResult> {
    const { key, breachId, review } = input;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const fault = textFault(review, PAGE);
    if (fault !== null) return refused(fault);
    const seen = isUuid(breachId) ? await findBreach(database.manager, breachId, caller, now) : null;
    if (seen === null) return refused("NOT_FOUND");
    const told = { caller, key, mutation: "reviewBreach", input, now };
    const done = await toldOnce(database, told, (manager) =>
      reviewBreach(manager, seen.id, review, { by: nameOf(caller), now }),
    );
    if (!done.ok) return refused(done.refusal.code);
    const breach = await findBreach(database.manager, done.value, caller, now);
    return breach === null ? refused("NOT_FOUND") : { breach, problem: null };
  }
}
