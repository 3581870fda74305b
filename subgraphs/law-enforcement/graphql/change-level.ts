import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  registerEnumType,
} from "type-graphql";
import { LINE, PAGE, textFault, type TextFault } from "../domain/contact-form";
import type { Vote, VoteWord } from "../domain/panel";
import type { Level } from "../domain/tier-rules";
import type { Result } from "../domain/result";
import { decideByPanel } from "../store/conference-decisions";
import { nameOf } from "../store/contacts";
import type { PanelDecisionRow } from "../store/entities/level";
import { moveDownByPanel, type PanelDecisionToRecord, type PanelProblem as Problem } from "../store/panel";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { LevelEnum } from "./enums";
import { ConfirmedLevel, confirmedLevelOf } from "./level";
import { PanelVoteEnum } from "./level-review-enums";
import { PanelDecision } from "./level-reviews";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";

type PanelProblem = "NOT_FOUND" | "KEY_IS_NO_UUID" | "OVER" | KeyRefusal | TextFault | Problem;

/** Every problem there is: one that a rule can give and this list has not does not compile. */
const PanelProblemEnum: { readonly [Code in PanelProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  STALE: "STALE",
  OVER: "OVER",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  NO_LEVEL_IN_FORCE: "NO_LEVEL_IN_FORCE",
  NOT_LOWER: "NOT_LOWER",
  NOBODY_NAMED: "NOBODY_NAMED",
  UNKNOWN_AGENCY: "UNKNOWN_AGENCY",
  MEMBER_TWICE: "MEMBER_TWICE",
  NO_QUORUM: "NO_QUORUM",
  MEMBER_IN_CONFLICT: "MEMBER_IN_CONFLICT",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  BEFORE_THE_LEVEL: "BEFORE_THE_LEVEL",
};
registerEnumType(PanelProblemEnum, {
  name: "PanelProblem",
  description:
    "Why nothing was recorded. NOT_FOUND says alike that there is no such record and that it is not the reader's to see.",
});

@InputType({ description: "How one member of a panel voted." })
export class PanelVoteInput {
  @Field(() => String, { description: "The member's agency, by its id as a partner of the site." })
  agency!: string;

  @Field(() => String, { description: "The member, by the subject of the token." })
  subject!: string;

  @Field(() => PanelVoteEnum, { description: "The vote." })
  vote!: VoteWord;
}

@InputType({ description: "What a panel decided." })
abstract class OfPanel extends Keyed {
  @Field(() => LevelEnum, { description: "The level that was in force: STALE when it is another." })
  expects!: Level;

  @Field(() => LevelEnum, {
    nullable: true,
    description: "The level that was asked for; null: none any more.",
  })
  level?: Level | null;

  @Field(() => [PanelVoteInput], { description: "Each member's vote." })
  votes!: PanelVoteInput[];

  @Field(() => String, { description: "Why." })
  note!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The conference at which it decided, if at one: it is that conference's decision too.",
  })
  conferenceId?: string | null;

  @Field(() => DateTimeScalar, { description: "When the panel decided." })
  decidedAt!: Date;
}

@InputType({ description: "A review that a panel ends: it lowers the level, or it keeps it." })
export class DecideReviewInput extends OfPanel {
  @Field(() => ID, { description: "The review." })
  reviewId!: string;
}

@InputType({ description: "A level that a panel lowers though no review is open." })
export class MoveLevelDownInput extends OfPanel {
  @Field(() => ID, { description: "The abusive partner." })
  personId!: string;
}

@ObjectType({ description: "What the panel decided, as it is recorded, or a problem." })
export class PanelResult {
  @Field(() => PanelDecision, { nullable: true, description: "The decision." })
  decision!: PanelDecisionRow | null;

  @Field(() => ConfirmedLevel, { nullable: true, description: "The level in force after it; null: none." })
  level!: ConfirmedLevel | null;

  @Field(() => PanelProblemEnum, { nullable: true, description: "Why nothing was recorded." })
  problem!: PanelProblem | null;
}

const refused = (problem: PanelProblem): PanelResult => ({ decision: null, level: null, problem });

function faultOf({ key, note, votes }: OfPanel): PanelProblem | null {
  if (!isUuid(key)) return "KEY_IS_NO_UUID";
  const lines = votes.flatMap(({ agency, subject }: Vote) => [agency, subject]).filter((line) => line !== "");
  return (
    textFault(note, PAGE) ?? lines.map((line) => textFault(line, LINE)).find((one) => one !== null) ?? null
  );
}

async function decide(
  context: LawEnforcementContext,
  mutation: string,
  input: OfPanel,
  about: Pick<PanelDecisionToRecord, "personId" | "reviewId">,
): Promise<PanelResult> {
  const { agencies, caller, database, loaders, now, protocol } = context;
  const { expects, level: to = null, note, decidedAt } = input;
  const votes = input.votes.map(({ agency, subject, vote }) => ({ agency, subject, vote }));
  const decision = { ...about, expects, to, votes, note, decidedAt };
  const told = { caller, key: input.key, mutation, input, now };
  const { conferenceId = null } = input;
  if (conferenceId !== null && !isUuid(conferenceId)) return refused("NOT_FOUND");
  const deed = { by: nameOf(caller), now };
  const decided = await toldOnce(
    database,
    told,
    (manager): Promise<Result<string, { readonly code: PanelProblem }>> => {
      const move = () => moveDownByPanel(manager, decision, { agencies, panel: protocol.panel }, deed);
      const { personId } = about;
      return conferenceId === null ? move() : decideByPanel(manager, { conferenceId, personId }, move, deed);
    },
  );
  if (conferenceId !== null) loaders.decisionsOfConference.clear(conferenceId.toLowerCase());
  if (!decided.ok) return refused(decided.refusal.code);
  loaders.currentLevel.clear(about.personId);
  loaders.reviewsOfPerson.clear(about.personId);
  const inForce = await loaders.currentLevel.load(about.personId);
  const level = inForce && confirmedLevelOf(inForce);
  return { decision: await loaders.panelDecision.load(decided.value), level, problem: null };
}

@Resolver()
export class ChangeLevelResolver {
  @Mutation(() => PanelResult, {
    nullable: true,
    description:
      "Records what a panel decided of a level that was called into question, and ends the review.",
  })
  async decideReview(
    @Arg("input", () => DecideReviewInput, { description: "The decision." }) input: DecideReviewInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<PanelResult> {
    const fault = faultOf(input);
    if (fault !== null) return refused(fault);
    const review = await context.loaders.levelReview.load(input.reviewId);
    if (review === null) return refused("NOT_FOUND");
    return decide(context, "decideReview", input, { personId: review.personId, reviewId: review.id });
  }

  @Mutation(() => PanelResult, {
    nullable: true,
    description: "Records that a panel moved a level down, or would not.",
  })
  async moveLevelDown(
    @Arg("input", () => MoveLevelDownInput, { description: "The decision." }) input: MoveLevelDownInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<PanelResult> {
    const fault = faultOf(input);
    if (fault !== null) return refused(fault);
    const person = await context.loaders.person.load(input.personId);
    if (person === null) return refused("NOT_FOUND");
    return decide(context, "moveLevelDown", input, { personId: person.id, reviewId: null });
  }
}
