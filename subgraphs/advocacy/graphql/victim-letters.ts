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
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { VictimLetterState } from "../domain/victim-letter";
import type { VictimLetterRow } from "../store/entities/victim-letter";
import { Case } from "./case";
import type { AdvocacyContext } from "./context";

registerEnumType(VictimLetterState, {
  name: "VictimLetterState",
  description: "Where a letter to a victim stands.",
});

@ObjectType({ description: "A letter of your agency to the victim of a case." })
export class VictimLetter {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => VictimLetterState, { description: "Where it stands." })
  state!: VictimLetterState;

  @Field(() => String, { description: "The text, as it is printed." })
  text!: string;

  @Field(() => String, { description: "The language in which she wants to be addressed." })
  language!: string;

  @Field(() => String, { description: "The site's template it was drafted from." })
  templateId!: string;

  @Field(() => Int, { description: "That template's version." })
  templateVersion!: number;

  @Field(() => String, { description: "SHA-256 of the file, hexadecimal." })
  pdfHash!: string;

  @Field(() => DateTimeScalar, { description: "When it was drafted." })
  draftedAt!: Date;

  @Field(() => String, { description: "Which advocate drafted it." })
  draftedBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was approved." })
  approvedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Which advocate approved it." })
  approvedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was mailed or withdrawn." })
  closedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Which advocate mailed or withdrew it." })
  closedBy!: string | null;
}

@Resolver(() => VictimLetter)
export class VictimLetterFileResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "The file as it is mailed: a PDF of at most a megabyte, in base64.",
  })
  async pdf(@Root() { id }: VictimLetterRow, @Ctx() { rows }: AdvocacyContext): Promise<string | null> {
    return (await rows.ownRecords()?.letterFile(id))?.toString("base64") ?? null;
  }
}

@Resolver(() => Case)
export class CaseLettersResolver {
  @FieldResolver(() => [VictimLetter], {
    nullable: true,
    description: "Your agency's letters to the victim, newest first; null: no case of your agency.",
  })
  async victimLetters(
    @Root() root: Case,
    @Ctx() { rows }: AdvocacyContext,
  ): Promise<VictimLetterRow[] | null> {
    return (await rows.ownRecords()?.letters(root.id)) ?? null;
  }
}
