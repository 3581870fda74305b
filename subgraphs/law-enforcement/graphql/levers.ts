import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import { leversOf, type LeverFacts, type LeverKind } from "../domain/lever";
import type { PullState } from "../domain/lever-state";
import type { LeverPullRow } from "../store/entities/lever";
import type { PersonRow } from "../store/entities/person";
import type { LawEnforcementContext } from "./context";
import { LeverKindEnum, LeverStateEnum } from "./lever-enums";
import type { Loaders } from "./loaders";
import { Person } from "./person";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "A means against him that needs no victim." })
export class Lever {
  @Field(() => LeverKindEnum, { nullable: true, description: "What it is." })
  kind!: LeverKind;

  @Field(() => ID, {
    nullable: true,
    description: "The warrant, condition or charge; null of a group nexus and of the community.",
  })
  recordId!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Since which day." })
  since!: string | null;
}

@ObjectType({ description: "A lever that was pulled, and what came of it." })
export class LeverPull {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => LeverKindEnum, { nullable: true, description: "Which lever." })
  kind!: LeverKind;

  @Field(() => ID, { nullable: true, description: "The warrant, condition or charge." })
  recordId!: string | null;

  @Field(() => LeverStateEnum, { nullable: true, description: "Where it stands." })
  state!: PullState;

  @Field(() => String, { nullable: true, description: "What was tried." })
  tried!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When." })
  triedAt!: Date;

  @Field(() => String, { nullable: true, description: "By whom." })
  triedBy!: string;

  @Field(() => String, { nullable: true, description: "Who recorded it: subject@agency." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was recorded." })
  recordedAt!: Date;

  @Field(() => String, { nullable: true, description: "What came of it, in words." })
  note!: string | null;

  @Field(() => String, { nullable: true, description: "Who recorded what came of it: subject@agency." })
  endedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When that was recorded; null: it is open." })
  endedAt!: Date | null;
}

/** What the reader sees of a man that may be a lever. */
export async function leverFactsOf(personId: string, loaders: Loaders): Promise<LeverFacts> {
  const [current, warrants, conditions, charges, intelligence] = await Promise.all([
    loaders.currentLevel.load(personId),
    loaders.warrantsOfPerson.load(personId),
    loaders.conditionsOfPerson.load(personId),
    loaders.chargesOfPerson.load(personId),
    loaders.intelligenceOfPerson.load(personId),
  ]);
  return {
    level: current?.level ?? null,
    warrants,
    conditions,
    charges,
    groupNexus: intelligence.length > 0,
  };
}

@Resolver(() => Person)
export class PersonLeversResolver {
  @FieldResolver(() => [Lever], {
    nullable: true,
    description:
      "The levers there are now, at levels A and B: what is legal; the community's where nothing legal is. None rests on a victim.",
  })
  async levers(
    @Root() person: PersonRow,
    @Ctx() { loaders, now }: LawEnforcementContext,
  ): Promise<readonly Lever[]> {
    return leversOf(await leverFactsOf(person.id, loaders), now);
  }

  @FieldResolver(() => [LeverPull], {
    nullable: true,
    description: "Levers that were pulled, newest first; of a group nexus to those who see intelligence.",
  })
  leverPulls(@Root() person: PersonRow, @Ctx() { loaders }: LawEnforcementContext): Promise<LeverPullRow[]> {
    return loaders.pullsOfPerson.load(person.id);
  }
}
