import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { PersonRow } from "../store/entities/person";
import type { LawEnforcementContext } from "./context";
import { Sex } from "./enums";
import { liveReferralFor, plannedContactFor } from "../policy/limited-forms";
import { Person } from "./person";
import { DateScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "Who he is, in full: justice roles." })
export class PersonIdentity {
  @Field(() => String, { nullable: true, description: "Given name." })
  givenName!: string;

  @Field(() => String, { nullable: true, description: "Family name." })
  familyName!: string;

  @Field(() => [String], { nullable: true, description: "Other names he is known by." })
  aliases!: string[];

  @Field(() => DateScalar, { nullable: true, description: "Date of birth." })
  dateOfBirth!: string | null;

  @Field(() => Sex, { nullable: true, description: "Sex as recorded." })
  sex!: PersonRow["sex"];

  @Field(() => String, { nullable: true, description: "State identification number." })
  stateId!: string | null;

  @Field(() => String, { nullable: true, description: "Last known address." })
  address!: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number." })
  phone!: string | null;
}

@ObjectType({ description: "Who he is, for an advocate: name, aliases, year of birth." })
export class NameForAdvocate {
  @Field(() => String, { nullable: true, description: "Given and family name." })
  name!: string;

  @Field(() => [String], { nullable: true, description: "Other names he is known by." })
  aliases!: string[];

  @Field(() => Int, { nullable: true, description: "Year of birth." })
  yearOfBirth!: number | null;
}

@ObjectType({ description: "How a provider reaches him." })
export class ContactForProvider {
  @Field(() => String, { nullable: true, description: "Telephone number." })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: "Last known address." })
  address!: string | null;
}

@ObjectType({ description: "Who he is, for a provider he agreed to be referred to." })
export class NameForProvider {
  @Field(() => String, { nullable: true, description: "Given and family name." })
  name!: string;

  @Field(() => ContactForProvider, { nullable: true, description: "How to reach him." })
  contact!: ContactForProvider;
}

@ObjectType({ description: "Who he is, for a messenger who takes part in a planned contact." })
export class NameForMessenger {
  @Field(() => String, { nullable: true, description: "Given and family name." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Where the planned contact takes place." })
  meetingPlace!: string | null;
}

const fullName = (person: PersonRow): string => `${person.givenName} ${person.familyName}`;

@Resolver(() => Person)
export class PersonIdentityResolver {
  @FieldResolver(() => PersonIdentity, { nullable: true, description: "Identity in full." })
  identity(@Root() person: PersonRow): PersonIdentity {
    return person;
  }

  @FieldResolver(() => NameForAdvocate, { nullable: true, description: "Name, aliases and year of birth." })
  nameForAdvocate(@Root() person: PersonRow): NameForAdvocate {
    const yearOfBirth = person.dateOfBirth === null ? null : Number(person.dateOfBirth.slice(0, 4));
    return { name: fullName(person), aliases: person.aliases, yearOfBirth };
  }

  @FieldResolver(() => NameForProvider, {
    nullable: true,
    description: "Name and contact, only while he agrees to be referred to the reader's agency.",
  })
  async nameForProvider(
    @Root() person: PersonRow,
    @Ctx() { caller, loaders }: LawEnforcementContext,
  ): Promise<NameForProvider | null> {
    const referral = liveReferralFor(caller, await loaders.liveReferrals.load(person.id));
    return referral ? { name: fullName(person), contact: person } : null;
  }

  @FieldResolver(() => NameForMessenger, {
    nullable: true,
    description:
      "Name and meeting place, only while a contact with this messenger is planned, and to the day after at most.",
  })
  async nameForMessenger(
    @Root() person: PersonRow,
    @Ctx() { caller, loaders, now }: LawEnforcementContext,
  ): Promise<NameForMessenger | null> {
    const planned = plannedContactFor(caller, await loaders.contactsOfPerson.load(person.id), now);
    return planned ? { name: fullName(person), meetingPlace: planned.place } : null;
  }
}
