import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import type { ArrestRow } from "../store/entities/incident-party";
import type { IncidentRow, OffenceRow } from "../store/entities/incident";
import type { IntelligenceRow, InvestigationNoteRow } from "../store/entities/investigation";
import type { PersonRow } from "../store/entities/person";
import type { LawEnforcementContext } from "./context";
import { NoteKind } from "./enums";
import { Person } from "./person";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "An offence of an incident." })
export class IncidentOffence {
  @Field(() => String, { nullable: true, description: "NIBRS offence code." })
  code!: string;

  @Field(() => String, { nullable: true, description: "The offence in words." })
  title!: string;
}

@Resolver(() => IncidentOffence)
export class OffenceWeaponsResolver {
  @FieldResolver(() => [String], { nullable: true, description: "NIBRS weapon codes." })
  async weaponCodes(
    @Root() offence: OffenceRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<string[]> {
    return (await loaders.weaponsOfOffence.load(offence.id)).map((weapon) => weapon.code);
  }
}

@ObjectType({ description: "An arrest after an incident." })
export class Arrest {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day of the arrest." })
  arrestedOn!: string;

  @Field(() => String, { nullable: true, description: "NIBRS offence code he was arrested for." })
  offenceCode!: string | null;
}

@ObjectType({ description: "What the investigation recorded: informant, evidence, interview." })
export class InvestigationNote {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => NoteKind, { nullable: true, description: "What it holds." })
  kind!: InvestigationNoteRow["kind"];

  @Field(() => String, { nullable: true, description: "The note." })
  text!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was recorded." })
  recordedAt!: Date;
}

@ObjectType({ description: "An incident in which he is an offender." })
export class Incident {
  @Field(() => ID, { description: "Opaque; never the case number." })
  id!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day of the incident." })
  occurredOn!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "The source gave the day of the report instead of the incident's.",
  })
  dateIsReport!: boolean;

  @Field(() => Boolean, { nullable: true, description: "At least one pair is of intimate partners." })
  intimatePartner!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: "A victim is recorded as an offender too: primary-aggressor review, never tiered.",
  })
  dualParty!: boolean;

  @Field(() => String, { nullable: true, description: "The officer's narrative." })
  narrative!: string | null;

  @Field(() => String, { nullable: true, description: "The summary written for the case conference." })
  conferenceSummary!: string | null;
}

@Resolver(() => Incident)
export class IncidentResolver {
  @FieldResolver(() => [IncidentOffence], { nullable: true, description: "What was done." })
  offences(@Root() incident: IncidentRow, @Ctx() { loaders }: LawEnforcementContext): Promise<OffenceRow[]> {
    return loaders.offencesOfIncident.load(incident.id);
  }

  @FieldResolver(() => [Arrest], { nullable: true, description: "Arrests after it." })
  arrests(@Root() incident: IncidentRow, @Ctx() { loaders }: LawEnforcementContext): Promise<ArrestRow[]> {
    return loaders.arrestsOfIncident.load(incident.id);
  }

  @FieldResolver(() => [InvestigationNote], { nullable: true, description: "Notes of the investigation." })
  investigationNotes(
    @Root() incident: IncidentRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<InvestigationNoteRow[]> {
    return loaders.notesOfIncident.load(incident.id);
  }
}

@ObjectType({ description: "Criminal intelligence, with the basis it stands on (28 CFR Part 23)." })
export class Intelligence {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { nullable: true, description: "His tie to a group." })
  groupNexus!: string;

  @Field(() => String, { nullable: true, description: "The recorded basis of suspicion." })
  suspicionBasis!: string;
}

@Resolver(() => Person)
export class PersonIncidentsResolver {
  @FieldResolver(() => [Incident], { nullable: true, description: "Incidents, newest first." })
  incidents(@Root() person: PersonRow, @Ctx() { loaders }: LawEnforcementContext): Promise<IncidentRow[]> {
    return loaders.incidentsOfPerson.load(person.id);
  }

  @FieldResolver(() => [Intelligence], { nullable: true, description: "Group nexus, with its basis." })
  intelligence(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<IntelligenceRow[]> {
    return loaders.intelligenceOfPerson.load(person.id);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: "Whether a group nexus is recorded." })
  async groupNexusFlag(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<boolean> {
    return (await loaders.intelligenceOfPerson.load(person.id)).length > 0;
  }
}
