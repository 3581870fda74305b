import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import type { ChargeRow, PriorRecordRow } from "../store/entities/court";
import type { PersonRow } from "../store/entities/person";
import type { LawEnforcementContext } from "./context";
import { ChargeProvenance, Disposition, HistoryProvenance } from "./enums";
import { Person } from "./person";
import { DateScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "A charge filed against him." })
export class Charge {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { nullable: true, description: "NIBRS offence code." })
  offenceCode!: string;

  @Field(() => String, { nullable: true, description: "The offence in words." })
  title!: string;

  @Field(() => Boolean, { nullable: true, description: "Against an intimate partner." })
  ipv!: boolean;

  @Field(() => [String], { nullable: true, description: "NIBRS weapon codes." })
  weaponCodes!: string[];

  @Field(() => String, { nullable: true, description: "Docket number." })
  docket!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day it was filed." })
  filedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: "The next day in court." })
  courtDate!: string | null;

  @Field(() => Disposition, { nullable: true, description: "How it ended, if it did." })
  disposition!: ChargeRow["disposition"];

  @Field(() => DateScalar, { nullable: true, description: "The day it ended." })
  dispositionOn!: string | null;

  @Field(() => ChargeProvenance, { nullable: true, description: "Which records it comes from." })
  provenance!: ChargeRow["provenance"];
}

@ObjectType({ description: "A charge, for an advocate: offence, arrest and court date." })
export class ChargeSummary {
  @Field(() => String, { nullable: true, description: "The offence in words." })
  title!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day of the arrest, if there was one." })
  arrestDate!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The next day in court." })
  courtDate!: string | null;
}

@ObjectType({ description: "An older offence, from another source than the charges." })
export class PriorRecord {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => HistoryProvenance, { nullable: true, description: "Which records it comes from." })
  provenance!: PriorRecordRow["provenance"];

  @Field(() => String, { nullable: true, description: "NIBRS offence code." })
  offenceCode!: string;

  @Field(() => String, { nullable: true, description: "The offence in words." })
  title!: string;

  @Field(() => Boolean, { nullable: true, description: "Against an intimate partner, as the source says." })
  ipv!: boolean;

  @Field(() => DateScalar, { nullable: true, description: "The day of the offence." })
  occurredOn!: string;

  @Field(() => Disposition, { nullable: true, description: "How it ended." })
  disposition!: PriorRecordRow["disposition"];
}

@Resolver(() => Person)
export class PersonChargesResolver {
  @FieldResolver(() => [Charge], { nullable: true, description: "Charges, newest first." })
  charges(@Root() person: PersonRow, @Ctx() { loaders }: LawEnforcementContext): Promise<ChargeRow[]> {
    return loaders.chargesOfPerson.load(person.id);
  }

  @FieldResolver(() => [ChargeSummary], {
    nullable: true,
    description: "Charges, newest first: offence, arrest and court date only.",
  })
  async chargeSummaries(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ChargeSummary[]> {
    const [charges, arrests] = await Promise.all([
      loaders.chargesOfPerson.load(person.id),
      loaders.arrestsOfPerson.load(person.id),
    ]);
    const arrestOf = new Map(arrests.map((arrest) => [arrest.incidentId, arrest.arrestedOn]));
    return charges.map(({ title, courtDate, incidentId }) => {
      const arrestDate = incidentId === null ? null : (arrestOf.get(incidentId) ?? null);
      return { title, courtDate, arrestDate };
    });
  }

  @FieldResolver(() => [PriorRecord], {
    nullable: true,
    description: "Older offences, newest first, national criminal history included.",
  })
  criminalHistory(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<PriorRecordRow[]> {
    return loaders.historyOfPerson.load(person.id);
  }
}
