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
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { ReleasableElement } from "../domain/release";
import { formFaults, ReleaseProblem, type ReleaseFault } from "../domain/told-release";
import type { ReleaseOutcome } from "../store/record-release";
import type { AdvocacyContext } from "./context";
import { Keyed } from "./keyed";
import { Release } from "./release";

registerEnumType(ReleaseProblem, {
  name: "ReleaseProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not your agency's.",
});

@InputType({ description: "A release of information, as a client of your agency signed it." })
export class RecordReleaseInput extends Keyed {
  @Field(() => ID, { description: "The case whose victim signed." })
  caseId!: string;

  @Field(() => ID, { description: "Who may be told: an agency, by its id as a partner of the site." })
  recipientAgency!: string;

  @Field(() => String, {
    nullable: true,
    description: "One person of it, by the subject of that person's token; null: the agency.",
  })
  recipientSubject?: string | null;

  @Field(() => String, { description: "The recipient as printed on the paper." })
  recipientName!: string;

  @Field(() => [ReleasableElement], { description: "What may be told: at least one." })
  elements!: ReleasableElement[];

  @Field(() => String, { description: "What it is told for." })
  purpose!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "From when; null: from now on." })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Until when; null: your site's usual term." })
  expiresAt?: Date | null;

  @Field(() => String, { description: "The language it was explained to her in, a BCP 47 tag." })
  language!: string;

  @Field(() => String, { description: "Who explained it to her." })
  explainedBy!: string;

  @Field(() => String, { description: "Where the signed copy is kept." })
  signedCopy!: string;
}

@InputType({ description: "A release that a client takes back." })
export class RevokeReleaseInput extends Keyed {
  @Field(() => ID, { description: "The release." })
  releaseId!: string;
}

@ObjectType({ description: "The release as it is now recorded, or a problem." })
export class ReleaseResult {
  @Field(() => Release, { nullable: true, description: "The release as it is now recorded." })
  release!: Release | null;

  @Field(() => ReleaseProblem, { nullable: true, description: "Why nothing took effect." })
  problem!: ReleaseProblem | null;

  @Field(() => String, { nullable: true, description: "The part of the input that the problem is about." })
  field!: string | null;
}

/** The release, or the first fault. */
function resultOf(outcome: ReleaseOutcome): ReleaseResult {
  if ("release" in outcome) return { release: outcome.release, problem: null, field: null };
  const [fault] = outcome.faults;
  return { release: null, problem: fault!.code, field: fault!.field };
}

function keyFaults(key: string): ReleaseFault[] {
  return isUuid(key) ? [] : [{ code: "KEY_IS_NO_UUID", field: "key" }];
}

@Resolver()
export class ChangeReleaseResolver {
  @Mutation(() => ReleaseResult, {
    nullable: true,
    description:
      "Records a release that a client of your agency signed. Sent again under its key, it is the same.",
  })
  async recordRelease(
    @Arg("input", () => RecordReleaseInput, { description: "The release." }) input: RecordReleaseInput,
    @Ctx() { reader, rows, releaseTerms, now }: AdvocacyContext,
  ): Promise<ReleaseResult> {
    const { key, ...form } = input;
    const told = {
      ...form,
      recipientSubject: form.recipientSubject ?? null,
      startsAt: form.startsAt ?? null,
      expiresAt: form.expiresAt ?? null,
    };
    const faults = [...keyFaults(key), ...formFaults(told, releaseTerms)];
    if (faults.length > 0) return resultOf({ faults });
    const outcome = await rows
      .ownRecords()
      ?.recordRelease({ ...told, discloser: reader.agency }, releaseTerms, {
        by: reader.subject,
        key,
        now: now(),
      });
    return resultOf(outcome ?? { faults: [{ code: "NOT_FOUND", field: "caseId" }] });
  }

  @Mutation(() => ReleaseResult, {
    nullable: true,
    description: "Takes a release of your agency back, for good, from this moment on.",
  })
  async revokeRelease(
    @Arg("input", () => RevokeReleaseInput, { description: "Which one." }) input: RevokeReleaseInput,
    @Ctx() { reader, rows, now }: AdvocacyContext,
  ): Promise<ReleaseResult> {
    const { key, releaseId } = input;
    const faults = keyFaults(key);
    if (faults.length > 0) return resultOf({ faults });
    const outcome = await rows
      .ownRecords()
      ?.revokeRelease(releaseId, { by: reader.subject, key, now: now() });
    return resultOf(outcome ?? { faults: [{ code: "NOT_FOUND", field: "releaseId" }] });
  }
}
