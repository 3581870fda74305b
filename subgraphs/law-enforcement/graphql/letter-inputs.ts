import { Field, ID, InputType } from "type-graphql";
import type { LetterState as State } from "../domain/letter-state";
import type { OffenderLetterKind } from "../domain/offender-letter";
import type { LetterService } from "../store/letters";
import { LetterKind, LetterServiceMeans, LetterState } from "./letters";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

@InputType({ description: "A letter to draft from the site's template." })
export class DraftLetterInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The abusive partner." })
  personId!: string;

  @Field(() => LetterKind, { description: "Which letter; one of the protocol for his level." })
  kind!: OffenderLetterKind;

  @Field(() => String, { description: 'One of the site\'s languages, e.g. "es".' })
  language!: string;

  @Field(() => String, {
    nullable: true,
    description: "Of a custom notification: what he is liable to, in words for him. Nothing of a victim.",
  })
  exposure?: string | null;
}

@InputType({ description: "A letter that somebody has seen." })
abstract class OfLetter {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The letter." })
  letterId!: string;

  @Field(() => LetterState, { description: "The state you have seen it in: STALE when it is another." })
  expects!: State;
}

@InputType({ description: "A letter that somebody has reviewed and answers for." })
export class ApproveLetterInput extends OfLetter {}

@InputType({ description: "A letter that is taken back." })
export class WithdrawLetterInput extends OfLetter {}

@InputType({ description: "A letter that he was given." })
export class RecordLetterServedInput extends OfLetter {
  @Field(() => ID, { description: "The contact at which he was given it; one that was released." })
  contactId!: string;

  @Field(() => DateTimeScalar, { description: "When." })
  servedAt!: Date;

  @Field(() => LetterServiceMeans, { description: "How." })
  how!: LetterService["how"];

  @Field(() => String, { description: "Who gave it to him, or mailed it." })
  servedBy!: string;
}
