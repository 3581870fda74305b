import {
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Resolver,
  Root,
  registerEnumType,
} from "type-graphql";
import { hasBegun } from "../domain/in-force";
import type { ExposureLetterRow } from "../store/entities/exposure-letter";
import type { PersonRow } from "../store/entities/person";
import type { LawEnforcementContext } from "./context";
import { Person } from "./person";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";

export const LetterKind = { LETTER: "letter", CUSTOM_NOTIFICATION: "custom-notification" } as const;
registerEnumType(LetterKind, {
  name: "LetterKind",
  description:
    "LETTER: that he is watched, what the community says, what follows. CUSTOM_NOTIFICATION: his own legal exposure.",
});

export const LetterState = {
  DRAFTED: "drafted",
  REVIEWED: "reviewed",
  SERVED: "served",
  WITHDRAWN: "withdrawn",
} as const;
registerEnumType(LetterState, { name: "LetterState", description: "Where a letter stands." });

export const LetterServiceMeans = {
  HANDED_OVER: "handed-over",
  MAILED: "mailed",
  LEFT_AT_HOME: "left-at-home",
} as const;
registerEnumType(LetterServiceMeans, { name: "LetterServiceMeans", description: "How a letter was served." });

@ObjectType({
  description:
    "A letter to the abusive partner: that he is watched, or his own legal exposure. No victim is named in it.",
})
export class ExposureLetter {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => LetterKind, { nullable: true, description: "Which letter." })
  kind!: ExposureLetterRow["kind"];

  @Field(() => LetterState, { nullable: true, description: "Where it stands." })
  state!: ExposureLetterRow["state"];

  text!: string;

  @Field(() => String, {
    nullable: true,
    description: "Its language; null: it is from before there were templates.",
  })
  language!: string | null;

  @Field(() => String, { nullable: true, description: "The site's template it was drafted from." })
  templateId!: string | null;

  @Field(() => Int, { nullable: true, description: "That template's version." })
  templateVersion!: number | null;

  pdfHash!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was drafted." })
  draftedAt!: Date;

  @Field(() => String, { nullable: true, description: "Who drafted it: subject@agency." })
  draftedBy!: string;

  @Field(() => String, { nullable: true, description: "Who approved it." })
  approvedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was approved." })
  approvedAt!: Date | null;

  @Field(() => DateScalar, { nullable: true, description: "The day it was served; null: not yet." })
  servedOn!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was served." })
  servedAt!: Date | null;

  @Field(() => LetterServiceMeans, { nullable: true, description: "How it was served." })
  servedHow!: ExposureLetterRow["servedHow"];

  @Field(() => String, { nullable: true, description: "Who served it." })
  servedBy!: string | null;

  @Field(() => ID, { nullable: true, description: "The contact at which it was served." })
  contactId!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was recorded that it was served or withdrawn.",
  })
  closedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who recorded that: subject@agency." })
  closedBy!: string | null;
}

@Resolver(() => ExposureLetter)
export class ExposureLetterResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "The text, as it is printed; null: it is withheld, for a court had something sealed since.",
  })
  async text(
    @Root() { id, text }: ExposureLetterRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<string | null> {
    return (await loaders.withheldLetter.load(id)).length > 0 ? null : text;
  }

  @FieldResolver(() => String, { nullable: true, description: "SHA-256 of the file, hexadecimal." })
  async pdfHash(
    @Root() { id, pdfHash }: ExposureLetterRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<string | null> {
    return (await loaders.withheldLetter.load(id)).length > 0 ? null : pdfHash;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The file as it is handed over: a PDF of at most a megabyte, in base64.",
  })
  async pdf(
    @Root() letter: ExposureLetterRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<string | null> {
    return (await loaders.letterFile.load(letter.id))?.toString("base64") ?? null;
  }
}

@ObjectType({ description: "A legal exposure letter in its final text, once served." })
export class ServedExposureLetter {
  @Field(() => String, { nullable: true, description: "The final text." })
  text!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day it was served." })
  servedOn!: string | null;
}

@Resolver(() => Person)
export class PersonLettersResolver {
  @FieldResolver(() => [ExposureLetter], { nullable: true, description: "Exposure letters, newest first." })
  exposureLetters(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ExposureLetterRow[]> {
    return loaders.lettersOfPerson.load(person.id);
  }

  @FieldResolver(() => [ServedExposureLetter], {
    nullable: true,
    description: "Exposure letters that were served, newest first.",
  })
  async servedExposureLetters(
    @Root() person: PersonRow,
    @Ctx() { loaders, now }: LawEnforcementContext,
  ): Promise<ExposureLetterRow[]> {
    const letters = await loaders.lettersOfPerson.load(person.id);
    const withheld = await Promise.all(letters.map(({ id }) => loaders.withheldLetter.load(id)));
    return letters.filter(
      ({ servedOn }, nth) => servedOn !== null && hasBegun(servedOn, now) && withheld[nth]!.length === 0,
    );
  }
}
