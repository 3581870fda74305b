import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import type { CaseFileRow } from "../store/entities/case-file";
import type { PersonRow } from "../store/entities/person";
import type { VictimRow } from "../store/entities/victim";
import type { LawEnforcementContext } from "./context";
import { Person } from "./person";
import { Victim } from "./victim";

@Directive('@key(fields: "id")')
@ObjectType({ description: "One person and one victim: the unit partners work on." })
export class Case {
  @Field(() => ID, { description: "Opaque; never a case number." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The community advocacy agency that works with this victim; its id as a partner of the site.",
  })
  assignedAgency!: string | null;
}

@Resolver(() => Case)
export class CaseResolver {
  @FieldResolver(() => Person, { nullable: true, description: "The abusive partner." })
  person(@Root() file: CaseFileRow, @Ctx() { loaders }: LawEnforcementContext): Promise<PersonRow | null> {
    return loaders.person.load(file.personId);
  }

  @FieldResolver(() => Victim, { nullable: true, description: "The victim, as police know her." })
  victim(@Root() file: CaseFileRow, @Ctx() { loaders }: LawEnforcementContext): Promise<VictimRow | null> {
    return loaders.victim.load(file.victimId);
  }
}

@Resolver(() => Person)
export class PersonCasesResolver {
  @FieldResolver(() => [Case], {
    nullable: true,
    description: "His cases, oldest first; an advocate sees those assigned to her agency.",
  })
  cases(@Root() person: PersonRow, @Ctx() { loaders }: LawEnforcementContext): Promise<CaseFileRow[]> {
    return loaders.casesOfPerson.load(person.id);
  }
}
