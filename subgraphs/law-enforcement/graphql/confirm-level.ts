import { Arg, Ctx, Field, ID, Mutation, ObjectType, registerEnumType, Resolver } from "type-graphql";
import type { Level } from "../domain/tier-rules";
import { confirmLevel, type ConfirmationProblem } from "../store/confirm-level";
import type { PersonRow } from "../store/entities/person";
import type { LawEnforcementContext } from "./context";
import { LevelEnum } from "./enums";
import { ConfirmedLevel, confirmedLevelOf } from "./level";
import { Person } from "./person";

const ConfirmLevelProblem: { readonly [Code in ConfirmationProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  ROLE_MAY_NOT_CONFIRM: "ROLE_MAY_NOT_CONFIRM",
  CONFIRMER_NOT_NAMED: "CONFIRMER_NOT_NAMED",
  PROPOSAL_SUPERSEDED: "PROPOSAL_SUPERSEDED",
  DECIDED_BY_PANEL: "DECIDED_BY_PANEL",
  ALREADY_CONFIRMED: "ALREADY_CONFIRMED",
  DOWNWARD_NEEDS_PANEL: "DOWNWARD_NEEDS_PANEL",
  LEVEL_NOT_PROPOSED: "LEVEL_NOT_PROPOSED",
};
registerEnumType(ConfirmLevelProblem, {
  name: "ConfirmLevelProblem",
  description:
    "Why a confirmation did not take effect. NOT_FOUND says alike that there is no such proposal and that it is not the reader's to see.",
});

@ObjectType({ description: "What came of a confirmation: a level in force, or a problem." })
export class ConfirmLevelResult {
  @Field(() => Person, { nullable: true, description: "Whose level was confirmed." })
  person!: PersonRow | null;

  @Field(() => ConfirmedLevel, { nullable: true, description: "The level now in force." })
  level!: ConfirmedLevel | null;

  @Field(() => ConfirmLevelProblem, { nullable: true, description: "Why nothing took effect." })
  problem!: ConfirmationProblem | null;
}

@Resolver()
export class ConfirmLevelMutation {
  @Mutation(() => ConfirmLevelResult, {
    nullable: true,
    description: "Confirms the newest proposed level of a person, upward only, in the reader's own name.",
  })
  async confirmLevel(
    @Arg("proposalId", () => ID, { description: "The proposal the reader has seen." }) proposalId: string,
    @Arg("level", () => LevelEnum, { description: "The level to confirm; the one proposed." }) level: Level,
    @Ctx() { database, caller, loaders, now }: LawEnforcementContext,
  ): Promise<ConfirmLevelResult> {
    const outcome = await confirmLevel(database, { proposalId, level, caller, now });
    if (!outcome.ok) return { person: null, level: null, problem: outcome.refusal.code };
    const { value } = outcome;
    return {
      person: await loaders.person.load(value.personId),
      level: confirmedLevelOf(value),
      problem: null,
    };
  }
}
