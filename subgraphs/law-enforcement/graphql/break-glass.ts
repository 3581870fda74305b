import {
  Arg,
  Args,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from "type-graphql";
import { BreakGlassOpeningRow, insertOpening, newestOpenings } from "../../../platform/break-glass/opening";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";
import { SUBGRAPH, openingProblem, type OpeningProblem } from "../policy/break-glass";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { isInstant, PageArguments, type Place, readPage } from "./pages";
import { toldOf } from "./told";

type Problem = OpeningProblem | "KEY_IS_NO_UUID" | KeyRefusal;
const OpenBreakGlassProblem: { readonly [Code in Problem]: Code } = {
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  ELEMENT_UNKNOWN: "ELEMENT_UNKNOWN",
  ELEMENT_HELD_ELSEWHERE: "ELEMENT_HELD_ELSEWHERE",
  NOT_OPENABLE: "NOT_OPENABLE",
  REASON_TOO_SHORT: "REASON_TOO_SHORT",
  REASON_TOO_LONG: "REASON_TOO_LONG",
  REASON_HAS_CONTROL_CHARACTERS: "REASON_HAS_CONTROL_CHARACTERS",
};
registerEnumType(OpenBreakGlassProblem, {
  name: "OpenBreakGlassProblem",
  description: "Why nothing was opened. NOT_OPENABLE: the role has no limited form of the element to open.",
});

@InputType()
export class OpenBreakGlassInput extends Keyed {
  @Field(() => String, { description: "The element of the visibility matrix, e.g. incident-narrative." })
  element!: string;

  @Field(() => String, {
    description: "Why it cannot wait, 10 to 1,000 characters. The agency reads it at once.",
  })
  reason!: string;
}

@ObjectType({ description: "One element opened in an emergency, for one person in one role." })
export class BreakGlassOpening {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: "Who opened it." })
  subject!: string;

  @Field(() => String, { nullable: true, description: "His agency." })
  agency!: string;

  @Field(() => String, { nullable: true, description: "The role he acted in." })
  role!: string;

  @Field(() => String, { nullable: true, description: "The element of the visibility matrix." })
  element!: string;

  @Field(() => String, { nullable: true, description: "Why, in his words." })
  reason!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "Since when." })
  openedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "Until when: 15 minutes." })
  expiresAt!: Date;
}

@ObjectType({ description: "What came of an opening: a grant, or a problem." })
export class OpenBreakGlassResult {
  @Field(() => BreakGlassOpening, { nullable: true, description: "The opening as the agency keeps it." })
  opening!: BreakGlassOpening | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Send it as x-ipvi-break-glass: it opens the element to this person in this role, until it expires.",
  })
  grant!: string | null;

  @Field(() => OpenBreakGlassProblem, { nullable: true, description: "Why nothing was opened." })
  problem!: Problem | null;
}

@ObjectType({ description: "One page of openings." })
export class BreakGlassOpeningPage {
  @Field(() => [BreakGlassOpening], { nullable: true, description: "Newest first." })
  openings!: BreakGlassOpening[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

const NEWEST_FIRST: Place<BreakGlassOpeningRow> = {
  of: ({ openedAt, id }) => [openedAt.toISOString(), id],
  shape: [isInstant, isUuid],
};

const refused = (problem: Problem): OpenBreakGlassResult => ({ opening: null, grant: null, problem });

@Resolver()
export class BreakGlassResolver {
  @Mutation(() => OpenBreakGlassResult, {
    nullable: true,
    description: "Opens the full form of an element of which the reader has a limited one, for 15 minutes.",
  })
  async openBreakGlass(
    @Arg("input", () => OpenBreakGlassInput) input: OpenBreakGlassInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<OpenBreakGlassResult> {
    const { database, caller, now, signGrant } = context;
    const { key, element } = input;
    const [role = ""] = caller.roles;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const problem = openingProblem(element, role, input.reason);
    if (problem) return refused(problem);
    const { subject, agency } = caller;
    const toOpen = { subject, agency, role, element, reason: input.reason.trim(), openedAt: now };
    // His role is not in his input, and he may come again in another.
    const told = { ...toldOf(context, "openBreakGlass", input), input: { ...input, role } };
    const opened = await toldOnce<never>(database, told, async (manager) => ({
      ok: true,
      value: (await insertOpening(manager, toOpen)).id,
    }));
    if (!opened.ok) return refused(opened.refusal.code);
    const opening = await database.manager.findOneByOrFail(BreakGlassOpeningRow, { id: opened.value });
    const { id, expiresAt } = opening;
    const grant = await signGrant({ id, heldBy: SUBGRAPH, subject, agency, role, element, expiresAt });
    return { opening, grant, problem: null };
  }

  @Query(() => BreakGlassOpeningPage, {
    nullable: true,
    description: "What was opened in an emergency, by whom and why, newest first.",
  })
  async breakGlassOpenings(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { database }: LawEnforcementContext,
  ): Promise<BreakGlassOpeningPage> {
    const { rows, endCursor, hasNextPage } = await readPage(page, NEWEST_FIRST, (after, limit) =>
      newestOpenings(database.manager, after, limit),
    );
    return { openings: rows, endCursor, hasNextPage };
  }
}
