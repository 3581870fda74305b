import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, registerEnumType, Resolver } from "type-graphql"; // prettier-ignore
import type { Level } from "../domain/tier-rules";
import { accept } from "../domain/result";
import { confirmLevel, type ConfirmationProblem } from "../store/confirm-level";
import { LevelConfirmationRow } from "../store/entities/level";
import type { PersonRow } from "../store/entities/person";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { LevelEnum } from "./enums";
import { ConfirmedLevel, confirmedLevelOf } from "./level";
import { Person } from "./person";
import { toldOf } from "./told";
import { isUuid } from "../../../platform/store/uuid";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";

type Problem = ConfirmationProblem | "KEY_IS_NO_UUID" | KeyRefusal;
const ConfirmLevelProblem: { readonly [Code in Problem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
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
  problem!: Problem | null;
}

@InputType({ description: "A proposal that the reader has seen, and puts a name to." })
export class ConfirmLevelInput extends Keyed {
  @Field(() => ID, { description: "The proposal you have seen; the newest of the person." })
  proposalId!: string;

  @Field(() => LevelEnum, { description: "The level to confirm; the one proposed." })
  level!: Level;
}

const refused = (problem: Problem): ConfirmLevelResult => ({ person: null, level: null, problem });

@Resolver()
export class ConfirmLevelMutation {
  @Mutation(() => ConfirmLevelResult, {
    nullable: true,
    description: "Confirms the newest proposed level of a person, upward only, in the reader's own name.",
  })
  async confirmLevel(
    @Arg("input", () => ConfirmLevelInput, { description: "Which proposal." }) input: ConfirmLevelInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ConfirmLevelResult> {
    const { database, caller, loaders, now } = context;
    const { key, proposalId, level } = input;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const told = await toldOnce(database, toldOf(context, "confirmLevel", input), async (manager) => {
      const outcome = await confirmLevel(manager, { proposalId, level, caller, now });
      return outcome.ok ? accept(outcome.value.id) : outcome;
    });
    if (!told.ok) return refused(told.refusal.code);
    const confirmed = await database.manager.findOneByOrFail(LevelConfirmationRow, { id: told.value });
    const person = await loaders.person.load(confirmed.personId);
    if (person === null) return refused("NOT_FOUND");
    return { person, level: confirmedLevelOf(confirmed), problem: null };
  }
}
