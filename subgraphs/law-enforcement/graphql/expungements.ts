import { Arg, Args, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver, registerEnumType } from "type-graphql"; // prettier-ignore
import { expungementFault, type ExpungementFault } from "../domain/expungement";
import { nameOf } from "../store/contacts";
import { ExpungementRow } from "../store/entities/expungement";
import { expunge, expungementsAfter } from "../store/expungements";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { judgingOf } from "./corrections";
import { isInstant, PageArguments, readPage, type Place } from "./pages";
import { isUuid } from "../../../platform/store/uuid";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";
import { toldBefore, toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";

type ExpungementProblem =
  "NOT_FOUND" | "BEFORE_THE_RECORD" | "KEY_IS_NO_UUID" | KeyRefusal | ExpungementFault;
/** Every problem there is: one that a rule can give and this list has not does not compile. */
const ExpungementProblemEnum: { readonly [Code in ExpungementProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  NOTHING_NAMED: "NOTHING_NAMED",
  NAMED_TWICE: "NAMED_TWICE",
  TOO_MANY: "TOO_MANY",
  BEFORE_THE_RECORD: "BEFORE_THE_RECORD",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
};
registerEnumType(ExpungementProblemEnum, {
  name: "ExpungementProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that one of the records is not there and that it is not the reader's to see.",
});

@ObjectType({
  description: "That a court had something sealed. Of what it was, or whose, nothing is kept here.",
})
export class Expungement {
  @Field(() => ID, { nullable: true, description: "Opaque." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Which court." })
  court!: string;

  @Field(() => String, { nullable: true, description: "The number of its order." })
  orderNumber!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day of the order." })
  orderedOn!: string;

  @Field(() => String, { nullable: true, description: "Who recorded it: subject@agency." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When." })
  recordedAt!: Date;
}

@ObjectType({ description: "One page of what was expunged." })
export class ExpungementPage {
  @Field(() => [Expungement], { nullable: true, description: "Newest first." })
  expungements!: ExpungementRow[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

@InputType({ description: "A court's order to seal records; at least one is named." })
export class RecordExpungementInput extends Keyed {
  @Field(() => [ID], { defaultValue: [], description: "Incidents: with all that they consist of, for everybody in them, and their arrests and charges." }) // prettier-ignore
  incidentIds!: string[];

  @Field(() => [ID], { defaultValue: [], description: "Arrests." })
  arrestIds!: string[];

  @Field(() => [ID], { defaultValue: [], description: "Charges." })
  chargeIds!: string[];

  @Field(() => String, { description: "Which court." })
  court!: string;

  @Field(() => String, { description: "The number of its order." })
  orderNumber!: string;

  @Field(() => DateScalar, { description: "The day of the order." })
  orderedOn!: string;
}

@ObjectType({ description: "That it is expunged, or a problem." })
export class ExpungementResult {
  @Field(() => Expungement, { nullable: true, description: "What is kept of it." })
  expungement!: ExpungementRow | null;

  @Field(() => ExpungementProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: ExpungementProblem | null;
}

const NEWEST: Place<ExpungementRow> = {
  of: ({ recordedAt, id }) => [recordedAt.toISOString(), id],
  shape: [isInstant, isUuid],
};

/** Whether the caller sees every record that is named. */
async function seesAll(
  { incidentIds, arrestIds, chargeIds }: RecordExpungementInput,
  { loaders }: LawEnforcementContext,
): Promise<boolean> {
  const seen = await Promise.all([
    ...incidentIds.map((id) => loaders.incident.load(id)),
    ...arrestIds.map(async (id) => {
      const arrest = await loaders.openArrest.load(id);
      return arrest?.personId == null ? arrest : loaders.person.load(arrest.personId);
    }),
    ...chargeIds.map((id) => loaders.charge.load(id)),
  ]);
  return seen.every((one) => one !== null);
}

@Resolver()
export class ExpungementResolver {
  @Query(() => ExpungementPage, {
    nullable: true,
    description: "That records were expunged, newest first: by which orders, and nothing of what they were.",
  })
  async expungements(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { database }: LawEnforcementContext,
  ): Promise<ExpungementPage> {
    const { rows, ...rest } = await readPage(page, NEWEST, (after, limit) =>
      expungementsAfter(database.manager, { after, limit }),
    );
    return { expungements: rows, ...rest };
  }

  @Mutation(() => ExpungementResult, {
    nullable: true,
    description:
      "Expunges records by a court's order: nobody reads them from then on. It lowers no level: one that rests on them is reviewed.",
  })
  async recordExpungement(
    @Arg("input", () => RecordExpungementInput, { description: "The order." }) input: RecordExpungementInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ExpungementResult> {
    const { caller, database, now } = context;
    const refused = (problem: ExpungementProblem) => ({ expungement: null, problem });
    const { key, ...order } = input;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const fault = expungementFault(order, now);
    if (fault !== null) return refused(fault);
    const telling = { caller, key, mutation: "recordExpungement", input, now };
    // Told again, were it at the same moment, the records are not there to be seen.
    if (!(await seesAll(input, context)) && (await toldBefore(database.manager, telling)) === null)
      return refused("NOT_FOUND");
    const lower = (ids: readonly string[]) => ids.map((id) => id.toLowerCase());
    const told = {
      ...order,
      incidentIds: lower(order.incidentIds),
      arrestIds: lower(order.arrestIds),
      chargeIds: lower(order.chargeIds),
    };
    const done = await toldOnce<{ code: "NOT_FOUND" | "BEFORE_THE_RECORD" }>(database, telling, (manager) =>
      expunge(manager, told, judgingOf(context), { by: nameOf(caller), now }),
    );
    if (!done.ok) return refused(done.refusal.code);
    return {
      expungement: await database.manager.findOneByOrFail(ExpungementRow, { id: done.value }),
      problem: null,
    };
  }
}
