import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
  registerEnumType,
} from "type-graphql";
import { PAGE, textFault, type TextFault } from "../domain/contact-form";
import type {
  Consequence as Follows,
  CorrectionKind as Kind,
  DispositionRefusal,
  Ripple,
} from "../domain/correction";
import type { Disposition as Ending } from "../domain/offender-facts";
import type { Result } from "../domain/result";
import { nameOf, type StaleRefusal } from "../store/contacts";
import { detachPerson, recordDisposition, type Judging } from "../store/corrections";
import type { CorrectionRow } from "../store/entities/correction";
import type { ExposureLetterRow } from "../store/entities/exposure-letter";
import type { PersonRow } from "../store/entities/person";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { Disposition, enumOf } from "./enums";
import { ExposureLetter } from "./letters";
import { Person } from "./person";
import { isUuid } from "../../../platform/store/uuid";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";

const CorrectionKindEnum = enumOf<Kind>(
  "CorrectionKind",
  "What was corrected. WRONG_PERSON: he was not the man. NOT_GUILTY: a charge was dismissed or he was acquitted.",
  { "wrong-person": true, "not-guilty": true, convicted: true },
);
const RippleEnum = enumOf<Ripple>(
  "Ripple",
  "What followed. REVIEW_LEVEL: the level in force rests on it; it stands until a panel decides.",
  { "review-level": true, "cancel-contact": true, "mark-letter": true, "recall-alert": true },
);
const ChargeEnd = { CONVICTED: "convicted", DISMISSED: "dismissed", ACQUITTED: "acquitted" } as const;
registerEnumType(ChargeEnd, { name: "ChargeEnd", description: "How a charge ended." });

type CorrectionProblem =
  "NOT_FOUND" | "KEY_IS_NO_UUID" | KeyRefusal | StaleRefusal | TextFault | DispositionRefusal;

/** Every problem there is: one that a rule can give and this list has not does not compile. */
const CorrectionProblemEnum: { readonly [Code in CorrectionProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  STALE: "STALE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  OVER: "OVER",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  BEFORE_THE_CHARGE: "BEFORE_THE_CHARGE",
};
registerEnumType(CorrectionProblemEnum, {
  name: "CorrectionProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not the reader's to see, or not this person's.",
});

@ObjectType({ description: "One thing that followed from a correction." })
export class Consequence {
  @Field(() => RippleEnum, { nullable: true, description: "What." })
  ripple!: Ripple;

  @Field(() => ID, { nullable: true, description: "The level, contact, letter or alert." })
  recordId!: string;
}

@ObjectType({ description: "What was recorded wrongly of him, and what followed when it was corrected." })
export class Correction {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => CorrectionKindEnum, { nullable: true, description: "What it is." })
  kind!: Kind;

  @Field(() => ID, { nullable: true, description: "The incident that was not his." })
  incidentId!: string | null;

  @Field(() => ID, { nullable: true, description: "The charge that ended." })
  chargeId!: string | null;

  @Field(() => String, { nullable: true, description: "Why." })
  why!: string;

  @Field(() => [Consequence], { nullable: true, description: "What followed." })
  consequences!: readonly Follows[];

  @Field(() => String, { nullable: true, description: "Who recorded it: subject@agency." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When." })
  recordedAt!: Date;
}

@InputType({ description: "An incident that is not this person's: somebody else was the man." })
export class DetachWrongPersonInput extends Keyed {
  @Field(() => ID, { description: "The person who was not the man." })
  personId!: string;

  @Field(() => ID, { description: "The incident." })
  incidentId!: string;

  @Field(() => String, { description: "How that is known." })
  why!: string;
}

@InputType({ description: "How a charge ended." })
export class RecordDispositionInput extends Keyed {
  @Field(() => ID, { description: "The charge." })
  chargeId!: string;

  @Field(() => Disposition, { description: "The disposition you have seen: STALE when it is another." })
  expects!: Ending;

  @Field(() => ChargeEnd, { description: "How it ended." })
  disposition!: Exclude<Ending, "pending">;

  @Field(() => DateScalar, { description: "The day it ended." })
  on!: string;

  @Field(() => String, { description: "How that is known." })
  why!: string;
}

@ObjectType({ description: "The correction as it is recorded, or a problem." })
export class CorrectionResult {
  @Field(() => Correction, { nullable: true, description: "The correction." })
  correction!: CorrectionRow | null;

  @Field(() => CorrectionProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: CorrectionProblem | null;
}

const refused = (problem: CorrectionProblem): CorrectionResult => ({ correction: null, problem });

async function resultOf(
  change: Result<string, { readonly code: CorrectionProblem }>,
  { loaders }: LawEnforcementContext,
): Promise<CorrectionResult> {
  if (!change.ok) return refused(change.refusal.code);
  const correction = await loaders.correction.load(change.value);
  return correction === null ? refused("NOT_FOUND") : { correction, problem: null };
}

/** By what levels are judged in this request. */
export const judgingOf = ({ tierRules, now }: LawEnforcementContext): Judging => ({
  rules: tierRules,
  today: now.toISOString().slice(0, 10),
});

@Resolver(() => ExposureLetter)
export class LetterMarkResolver {
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "What it says may rest on something that was corrected since: look before it is used.",
  })
  async mayBeWrong(
    @Root() { id }: ExposureLetterRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<boolean> {
    const marks = await Promise.all([loaders.marksOfLetter.load(id), loaders.withheldLetter.load(id)]);
    return marks.some((of) => of.length > 0);
  }
}

@Resolver(() => Person)
export class PersonCorrectionsResolver {
  @FieldResolver(() => [Correction], {
    nullable: true,
    description: "What was corrected of him, newest first.",
  })
  corrections(
    @Root() { id }: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<CorrectionRow[]> {
    return loaders.correctionsOfPerson.load(id);
  }
}

@Resolver()
export class CorrectionResolver {
  @Mutation(() => CorrectionResult, {
    nullable: true,
    description: "Records how a charge ended. It lowers no level: one that rests on it is reviewed.",
  })
  async recordDisposition(
    @Arg("input", () => RecordDispositionInput, { description: "How it ended." })
    input: RecordDispositionInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<CorrectionResult> {
    const { caller, database, loaders, now } = context;
    const { expects, disposition, on, why } = input;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const fault = textFault(why, PAGE);
    if (fault !== null) return refused(fault);
    const seen = await loaders.charge.load(input.chargeId);
    if (seen === null || seen.personId === null) return refused("NOT_FOUND");
    const charge = { id: seen.id, personId: seen.personId };
    const told = { caller, key: input.key, mutation: "recordDisposition", input, now };
    const ended = await toldOnce(database, told, (manager) =>
      recordDisposition(manager, charge, { expects, disposition, on, why }, judgingOf(context), {
        by: nameOf(caller),
        now,
      }),
    );
    return resultOf(ended, context);
  }

  @Mutation(() => CorrectionResult, {
    nullable: true,
    description:
      "Takes an incident off a person who was not the man: what rests on it is reviewed, called off, marked and recalled.",
  })
  async detachWrongPerson(
    @Arg("input", () => DetachWrongPersonInput, { description: "Who, and of which incident." })
    input: DetachWrongPersonInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<CorrectionResult> {
    const { caller, database, loaders, now } = context;
    const { why } = input;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const fault = textFault(why, PAGE);
    if (fault !== null) return refused(fault);
    const person = await loaders.person.load(input.personId);
    const incident = await loaders.incident.load(input.incidentId);
    if (person === null || incident === null) return refused("NOT_FOUND");
    const wrong = { personId: person.id, incidentId: incident.id, why };
    const told = { caller, key: input.key, mutation: "detachWrongPerson", input, now };
    const detached = await toldOnce(database, told, (manager) =>
      detachPerson(manager, wrong, judgingOf(context), { by: nameOf(caller), now }),
    );
    return resultOf(detached, context);
  }
}
