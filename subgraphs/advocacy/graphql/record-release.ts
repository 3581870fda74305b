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
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { ReleasableElement } from "../domain/release";
import { formFaults, isMutationKey, ReleaseProblem, type ReleaseFault } from "../domain/told-release";
import type { ReleaseOutcome } from "../store/record-release";
import type { AdvocacyContext } from "./context";
import { Release } from "./release";

registerEnumType(ReleaseProblem, {
  name: "ReleaseProblem",
  description: "Why a release was not recorded or not revoked.",
});

const MESSAGES: Record<ReleaseProblem, string> = {
  CASE_NOT_FOUND: "No such case is assigned to your agency.",
  NO_CLIENT: "The victim of this case is not your agency's client: only a client can give leave.",
  RELEASE_NOT_FOUND: "Your agency has no such release.",
  ALREADY_REVOKED: "The release was revoked before.",
  MUTATION_KEY_NOT_VALID: "A mutation key is 8 to 100 letters, digits and signs, such as a UUID.",
  MUTATION_KEY_ALREADY_USED: "You have used this key before, for something else.",
  RECIPIENT_UNKNOWN: "No agency by this id reads under releases.",
  ELEMENTS_MISSING: "The release says nothing of what may be told.",
  TEXT_MISSING: "This is left empty.",
  TEXT_TOO_LONG: "This is longer than the form takes.",
  TEXT_HAS_CONTROL_CHARACTERS: "This holds characters that are no text.",
  LANGUAGE_NOT_VALID: "The language is a BCP 47 tag, such as es or zh-Hant.",
  STARTS_IN_THE_PAST: "The start is past: a release opens nothing before it is recorded.",
  ENDS_BEFORE_IT_STARTS: "The release would be over before it starts.",
  LASTS_TOO_LONG: "The release lasts longer than your site allows.",
};

@InputType({ description: "A release of information, as a client of your agency signed it." })
export class RecordReleaseInput {
  @Field(() => String, {
    description: "Made by your program, once per release: sent again, nothing doubles.",
  })
  clientMutationKey!: string;

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
export class RevokeReleaseInput {
  @Field(() => String, { description: "Made by your program, once per revocation." })
  clientMutationKey!: string;

  @Field(() => ID, { description: "The release." })
  releaseId!: string;
}

@ObjectType("ReleaseFault", { description: "Why a release was not recorded or not revoked." })
export class ReleaseFaultType {
  @Field(() => ReleaseProblem, { description: "For programs." })
  code!: ReleaseProblem;

  @Field(() => String, { nullable: true, description: "The part of the input it is about." })
  field!: string | null;

  @Field(() => String, { description: "For people." })
  message!: string;
}

@ObjectType({ description: "The release as it is now recorded, or the problems for which nothing changed." })
export class ReleasePayload {
  @Field(() => Release, { nullable: true, description: "The release as it is now recorded." })
  release!: Release | null;

  @Field(() => [ReleaseFaultType], { description: "Empty when it was done." })
  problems!: ReleaseFaultType[];
}

function payloadOf(outcome: ReleaseOutcome): ReleasePayload {
  if ("release" in outcome) return { release: outcome.release, problems: [] };
  return {
    release: null,
    problems: outcome.faults.map((fault) => ({ ...fault, message: MESSAGES[fault.code] })),
  };
}

function keyFaults(key: string): ReleaseFault[] {
  return isMutationKey(key) ? [] : [{ code: "MUTATION_KEY_NOT_VALID", field: "clientMutationKey" }];
}

@Resolver()
export class ChangeReleaseResolver {
  @Mutation(() => ReleasePayload, {
    nullable: true,
    description:
      "Records a release that a client of your agency signed. Sent again under its key, it is the same.",
  })
  async recordRelease(
    @Arg("input", () => RecordReleaseInput, { description: "The release." }) input: RecordReleaseInput,
    @Ctx() { reader, rows, releaseTerms, now }: AdvocacyContext,
  ): Promise<ReleasePayload> {
    const { clientMutationKey: key, ...form } = input;
    const told = {
      ...form,
      recipientSubject: form.recipientSubject ?? null,
      startsAt: form.startsAt ?? null,
      expiresAt: form.expiresAt ?? null,
    };
    const faults = [...keyFaults(key), ...formFaults(told, releaseTerms)];
    if (faults.length > 0) return payloadOf({ faults });
    const outcome = await rows
      .ownRecords()
      ?.recordRelease({ ...told, discloser: reader.agency }, releaseTerms, {
        by: reader.subject,
        key,
        now: now(),
      });
    return payloadOf(outcome ?? { faults: [{ code: "CASE_NOT_FOUND", field: "caseId" }] });
  }

  @Mutation(() => ReleasePayload, {
    nullable: true,
    description: "Takes a release of your agency back, for good, from this moment on.",
  })
  async revokeRelease(
    @Arg("input", () => RevokeReleaseInput, { description: "Which one." }) input: RevokeReleaseInput,
    @Ctx() { reader, rows, now }: AdvocacyContext,
  ): Promise<ReleasePayload> {
    const { clientMutationKey: key, releaseId } = input;
    const faults = keyFaults(key);
    if (faults.length > 0) return payloadOf({ faults });
    const outcome = await rows
      .ownRecords()
      ?.revokeRelease(releaseId, { by: reader.subject, key, now: now() });
    return payloadOf(outcome ?? { faults: [{ code: "RELEASE_NOT_FOUND", field: "releaseId" }] });
  }
}
