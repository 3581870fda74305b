import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, registerEnumType, Resolver, Root } from "type-graphql"; // prettier-ignore
import { nameReaders, sealCase } from "../store/compartments";
import type { CaseFileRow } from "../store/entities/case-file";
import type { CompartmentReaderRow } from "../store/entities/conflict";
import { Case } from "./cases";
import type { LawEnforcementContext } from "./context";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

const CompartmentProblem = {
  NOT_FOUND: "NOT_FOUND",
  NOT_SEALED: "NOT_SEALED",
  NOBODY_NAMED: "NOBODY_NAMED",
} as const;
type CompartmentProblem = keyof typeof CompartmentProblem;
registerEnumType(CompartmentProblem, {
  name: "CompartmentProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such case and that it is not the reader's to see.",
});

@InputType({ description: "An employee of a justice agency." })
export class NamedReaderInput {
  @Field(() => String, { description: "His agency, by its id as a partner of the site." })
  agency!: string;

  @Field(() => String, { description: "He, by the subject of his token." })
  subject!: string;
}

@ObjectType({ description: "An employee of a justice agency who may open a sealed case." })
export class CompartmentReader {
  @Field(() => String, { description: "His agency." })
  agency!: string;

  @Field(() => String, { description: "He, by the subject of his token." })
  subject!: string;

  @Field(() => String, { description: "Who named him: subject@agency." })
  namedBy!: string;

  @Field(() => DateTimeScalar, { description: "When he was named." })
  namedAt!: Date;
}

@ObjectType({ description: "What came of it: a sealed case, or a problem." })
export class CompartmentResult {
  @Field(() => Case, { nullable: true, description: "The sealed case." })
  case!: CaseFileRow | null;

  @Field(() => CompartmentProblem, { nullable: true, description: "Why nothing took effect." })
  problem!: CompartmentProblem | null;
}

const refused = (problem: CompartmentProblem): CompartmentResult => ({ case: null, problem });
const isNobody = ({ agency, subject }: NamedReaderInput): boolean => agency === "" || subject === "";

@Resolver(() => Case)
export class CompartmentResolver {
  @FieldResolver(() => [CompartmentReader], {
    nullable: true,
    description: "The named readers of a sealed case; empty: it is not sealed.",
  })
  compartmentReaders(
    @Root() file: CaseFileRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<CompartmentReaderRow[]> {
    return loaders.readersOfCase.load(file.id);
  }

  @Mutation(() => CompartmentResult, {
    nullable: true,
    description: "Seals a case: of the justice side only the readers named, and you, see it from now on.",
  })
  async openCompartment(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("readers", () => [NamedReaderInput], { description: "Who may open it beside you." })
    readers: NamedReaderInput[],
    @Ctx() { database, caller, loaders, now }: LawEnforcementContext,
  ): Promise<CompartmentResult> {
    if (readers.some(isNobody)) return refused("NOBODY_NAMED");
    const file = await loaders.case.load(caseId);
    if (file === null) return refused("NOT_FOUND");
    const by = `${caller.subject}@${caller.agency}`;
    await database.transaction(async (manager) => {
      await sealCase(manager, file.id, by, now);
      // Who seals a case can name its readers, so it is never shut to everybody.
      await nameReaders(manager, file.id, [caller, ...readers], by, now);
    });
    return { case: file, problem: null };
  }

  @Mutation(() => CompartmentResult, {
    nullable: true,
    description: "Names one more reader of a sealed case; only a reader of it can.",
  })
  async nameCompartmentReader(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("reader", () => NamedReaderInput, { description: "Who may open it too." }) reader: NamedReaderInput,
    @Ctx() { database, caller, loaders, now }: LawEnforcementContext,
  ): Promise<CompartmentResult> {
    if (isNobody(reader)) return refused("NOBODY_NAMED");
    const file = await loaders.case.load(caseId);
    if (file === null) return refused("NOT_FOUND");
    if ((await loaders.readersOfCase.load(file.id)).length === 0) return refused("NOT_SEALED");
    loaders.readersOfCase.clear(file.id);
    await nameReaders(database.manager, file.id, [reader], `${caller.subject}@${caller.agency}`, now);
    return { case: file, problem: null };
  }
}
