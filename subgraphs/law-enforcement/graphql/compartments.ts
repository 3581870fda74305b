import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, registerEnumType, Resolver, Root } from "type-graphql"; // prettier-ignore
import type { EntityManager } from "typeorm";
import { LINE, textsFault, type TextFault } from "../domain/contact-form";
import { nameReaders, sealCase } from "../store/compartments";
import { nameOf } from "../store/contacts";
import type { CaseFileRow } from "../store/entities/case-file";
import type { CompartmentReaderRow } from "../store/entities/conflict";
import { Case } from "./cases";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { toldOf } from "./told";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";

type CompartmentProblem =
  "NOT_FOUND" | "NOT_SEALED" | "TOO_MANY" | "NAMED_TWICE" | "KEY_IS_NO_UUID" | KeyRefusal | TextFault;
const CompartmentProblemEnum: { readonly [Code in CompartmentProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  NOT_SEALED: "NOT_SEALED",
  TOO_MANY: "TOO_MANY",
  NAMED_TWICE: "NAMED_TWICE",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
};
registerEnumType(CompartmentProblemEnum, {
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

@InputType({ description: "A case to seal, and who may open it beside you." })
export class OpenCompartmentInput extends Keyed {
  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => [NamedReaderInput], { description: "Who may open it beside you." })
  readers!: NamedReaderInput[];
}

@InputType({ description: "One more reader of a sealed case." })
export class NameCompartmentReaderInput extends Keyed {
  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => NamedReaderInput, { description: "Who may open it too." })
  reader!: NamedReaderInput;
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

  @Field(() => CompartmentProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: CompartmentProblem | null;
}

const refused = (problem: CompartmentProblem): CompartmentResult => ({ case: null, problem });
/** Nobody opens a sealed case to more readers at once. */
const MOST_READERS = 50;

/** What is wrong with a telling, whatever is recorded. */
function faultOf(key: string, readers: readonly NamedReaderInput[]): CompartmentProblem | null {
  if (!isUuid(key)) return "KEY_IS_NO_UUID";
  if (readers.length > MOST_READERS) return "TOO_MANY";
  const named = new Set(readers.map(({ agency, subject }) => JSON.stringify([agency, subject])));
  const texts = readers.flatMap(({ agency, subject }) => [[agency, LINE] as const, [subject, LINE] as const]);
  return textsFault(...texts) ?? (named.size < readers.length ? "NAMED_TWICE" : null);
}

/** Does a work once for each telling; the case as it then is. */
async function done(
  context: LawEnforcementContext,
  mutation: string,
  input: Keyed,
  file: CaseFileRow,
  work: (manager: EntityManager) => Promise<void>,
): Promise<CompartmentResult> {
  const told = await toldOnce<never>(context.database, toldOf(context, mutation, input), async (manager) => {
    await work(manager);
    return { ok: true, value: file.id };
  });
  context.loaders.readersOfCase.clear(file.id);
  return told.ok ? { case: file, problem: null } : refused(told.refusal.code);
}

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
    @Arg("input", () => OpenCompartmentInput, { description: "Which case, to whom." })
    input: OpenCompartmentInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<CompartmentResult> {
    const { caller, loaders, now } = context;
    const fault = faultOf(input.key, input.readers);
    if (fault !== null) return refused(fault);
    const file = await loaders.case.load(input.caseId);
    if (file === null) return refused("NOT_FOUND");
    const by = nameOf(caller);
    return done(context, "openCompartment", input, file, async (manager) => {
      await sealCase(manager, file.id, by, now);
      // Who seals a case can name its readers, so it is never shut to everybody.
      await nameReaders(manager, file.id, [caller, ...input.readers], by, now);
    });
  }

  @Mutation(() => CompartmentResult, {
    nullable: true,
    description: "Names one more reader of a sealed case; only a reader of it can.",
  })
  async nameCompartmentReader(
    @Arg("input", () => NameCompartmentReaderInput, { description: "Whom, of which case." })
    input: NameCompartmentReaderInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<CompartmentResult> {
    const { caller, loaders, now } = context;
    const fault = faultOf(input.key, [input.reader]);
    if (fault !== null) return refused(fault);
    const file = await loaders.case.load(input.caseId);
    if (file === null) return refused("NOT_FOUND");
    if ((await loaders.readersOfCase.load(file.id)).length === 0) return refused("NOT_SEALED");
    return done(context, "nameCompartmentReader", input, file, (manager) =>
      nameReaders(manager, file.id, [input.reader], nameOf(caller), now),
    );
  }
}
