import { Ctx, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import { limitedReasons } from "../domain/level";
import type { HeldFact } from "../domain/countable-facts";
import type { Mark } from "../domain/level";
import type { Level } from "../domain/tier-rules";
import { levelOfContact } from "../domain/contact";
import { contactsForLevel } from "../policy/limited-forms";
import type { LevelConfirmationRow, LevelProposalRow } from "../store/entities/level";
import type { PersonRow } from "../store/entities/person";
import type { LawEnforcementContext } from "./context";
import { HeldReason, LevelEnum, LevelSetBy, MarkCode } from "./enums";
import { Person } from "./person";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "The level in force: the latest that a named person confirmed." })
export class ConfirmedLevel {
  @Field(() => LevelEnum, { nullable: true, description: "The level." })
  level!: Level | null;

  @Field(() => LevelSetBy, {
    nullable: true,
    description: "What set it: a confirmed proposal, or a panel, which alone moves a level down.",
  })
  setBy!: LevelConfirmationRow["reason"];

  @Field(() => DateTimeScalar, { nullable: true, description: "Since when: the instant of confirmation." })
  asOf!: Date;

  @Field(() => String, { nullable: true, description: "Who confirmed it: subject@agency." })
  confirmedBy!: string;
}

/** The level of a confirmation as its readers see it. */
export function confirmedLevelOf(row: LevelConfirmationRow): ConfirmedLevel {
  return { level: row.level, setBy: row.reason, asOf: row.confirmedAt, confirmedBy: row.confirmedBy };
}

@ObjectType({ description: "A criterion of the site's rules that holds, with the facts it holds on." })
export class LevelReason {
  @Field(() => String, { nullable: true, description: "The criterion's id in the rule set." })
  criterion!: string;

  @Field(() => LevelEnum, { nullable: true, description: "The level this criterion stands for." })
  level!: Level;

  @Field(() => String, { nullable: true, description: "The category in words, as advocates read it." })
  category!: string;

  @Field(() => [ID], { nullable: true, description: "The facts it holds on." })
  factIds!: readonly string[];

  @Field(() => String, { nullable: true, description: "Id of the rule set." })
  ruleSet!: string;

  @Field(() => Int, { nullable: true, description: "Version of the rule set." })
  ruleSetVersion!: number;
}

@ObjectType({ description: "A fact that counts for nothing before a person has looked at it." })
export class HeldForReview {
  @Field(() => ID, { nullable: true, description: "The fact." })
  factId!: string;

  @Field(() => HeldReason, { nullable: true, description: "Why it is held." })
  reason!: HeldFact["reason"];
}

@ObjectType({ description: "Something the person who confirms should see." })
export class LevelMark {
  @Field(() => MarkCode, { nullable: true, description: "What it is." })
  code!: Mark["code"];

  @Field(() => [ID], { nullable: true, description: "The facts it rests on." })
  factIds!: readonly string[];
}

@ObjectType({ description: "A level that the site's rules propose; it takes effect only when confirmed." })
export class LevelProposal {
  @Field(() => ID, { description: "Opaque; confirmLevel takes it." })
  id!: string;

  @Field(() => LevelEnum, { nullable: true, description: "The proposed level." })
  level!: Level;

  @Field(() => String, { nullable: true, description: "Id of the rule set." })
  ruleSet!: string;

  @Field(() => Int, { nullable: true, description: "Version of the rule set." })
  ruleSetVersion!: number;

  @Field(() => DateScalar, { nullable: true, description: "The day the facts were judged on." })
  asOf!: string;

  @Field(() => [LevelReason], { nullable: true, description: "Every criterion that holds, highest first." })
  fired!: LevelReason[];

  @Field(() => [HeldForReview], { nullable: true, description: "Facts held until a person has looked." })
  heldForReview!: readonly HeldForReview[];

  @Field(() => [LevelMark], { nullable: true, description: "What the table of levels has no box for." })
  marks!: readonly LevelMark[];

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was proposed." })
  proposedAt!: Date;

  /** Read by the field `person`, not a field itself. */
  personId!: string;
}

/** The reasons a proposal rests on. */
function reasonsOf(row: LevelProposalRow): LevelReason[] {
  const { ruleSetId: ruleSet, ruleSetVersion } = row;
  return row.fired.map(({ criterionId: criterion, level, category, factIds }) => ({
    ...{ criterion, level, category, factIds },
    ...{ ruleSet, ruleSetVersion },
  }));
}

/** A proposal as justice roles see it. */
export function levelProposalOf(row: LevelProposalRow): LevelProposal {
  const { id, personId, level, ruleSetId: ruleSet, ruleSetVersion, asOf, marks, proposedAt } = row;
  const { heldForReview } = row;
  return {
    ...{ id, personId, level, ruleSet, ruleSetVersion, asOf, marks, proposedAt, heldForReview },
    fired: reasonsOf(row),
  };
}

@Resolver(() => LevelProposal)
export class LevelProposalPerson {
  @FieldResolver(() => Person, { nullable: true, description: "Whose level it would be." })
  person(
    @Root() proposal: LevelProposal,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<PersonRow | null> {
    return loaders.person.load(proposal.personId);
  }
}

@Resolver(() => Person)
export class PersonLevelResolver {
  @FieldResolver(() => ConfirmedLevel, { nullable: true, description: "The confirmed level, if any." })
  async level(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ConfirmedLevel | null> {
    const current = await loaders.currentLevel.load(person.id);
    return current && confirmedLevelOf(current);
  }

  @FieldResolver(() => LevelEnum, {
    nullable: true,
    description:
      "The level at which he is being contacted: of the latest contact that is ahead or was made within 90 days; to a messenger of his own contacts only.",
  })
  async levelForContact(
    @Root() person: PersonRow,
    @Ctx() { caller, loaders, now }: LawEnforcementContext,
  ): Promise<Level | null> {
    return levelOfContact(contactsForLevel(caller, await loaders.contactsOfPerson.load(person.id)), now);
  }

  @FieldResolver(() => LevelProposal, { nullable: true, description: "The newest proposal of the rules." })
  async levelProposal(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<LevelProposal | null> {
    const open = await loaders.openProposal.load(person.id);
    return open && levelProposalOf(open);
  }

  @FieldResolver(() => [LevelReason], {
    nullable: true,
    description: "Why the level in force was confirmed.",
  })
  async levelReasons(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<LevelReason[]> {
    const current = await loaders.currentLevel.load(person.id);
    const proposal = current?.proposalId ? await loaders.proposal.load(current.proposalId) : null;
    return proposal ? reasonsOf(proposal) : [];
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: "Why, in categories only: the same words whichever records they rest on.",
  })
  async levelReasonCategories(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<readonly string[]> {
    const current = await loaders.currentLevel.load(person.id);
    const proposal = current?.proposalId ? await loaders.proposal.load(current.proposalId) : null;
    return proposal ? limitedReasons(proposal) : [];
  }
}
