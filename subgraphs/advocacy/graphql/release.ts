import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { ReleasableElement } from "../domain/release";

registerEnumType(ReleasableElement, {
  name: "ReleasableElement",
  description: "What a release of information can open. A safety plan is never opened.",
});

@ObjectType({
  description: "A client's written, informed, time-limited leave to tell, as her agency keeps it.",
})
export class Release {
  @Field(() => ID, { description: "The agency's own opaque id." })
  id!: string;

  @Field(() => String, { description: "Who may be told: an agency, by its id as a partner of the site." })
  recipientAgency!: string;

  @Field(() => String, {
    nullable: true,
    description: "One person of it, by the subject of that person's token; null: the agency.",
  })
  recipientSubject!: string | null;

  @Field(() => String, { description: "The recipient as printed on the paper." })
  recipientName!: string;

  @Field(() => [ReleasableElement], { description: "What may be told; nothing else is opened." })
  elements!: ReleasableElement[];

  @Field(() => String, { description: "What it is told for." })
  purpose!: string;

  @Field(() => DateTimeScalar, { description: "From when." })
  startsAt!: Date;

  @Field(() => DateTimeScalar, { description: "Until when: at this instant it is over." })
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When she took it back; null: she did not." })
  revokedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who recorded that, by the subject of the token." })
  revokedBy!: string | null;

  @Field(() => String, { description: "The language it was explained to her in, a BCP 47 tag." })
  language!: string;

  @Field(() => String, { description: "Who explained it to her." })
  explainedBy!: string;

  @Field(() => String, { description: "Where the signed copy is kept." })
  signedCopy!: string;

  @Field(() => DateTimeScalar, { description: "When it was recorded." })
  recordedAt!: Date;

  @Field(() => String, { description: "Who recorded it, by the subject of the advocate's token." })
  recordedBy!: string;
}
