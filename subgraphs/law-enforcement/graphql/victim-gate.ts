import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import type { Result } from "../domain/result";
import { nameOf } from "../store/contacts";
import type { CaseFileRow } from "../store/entities/case-file";
import { toldOnce } from "../../../platform/told-request/told-once";
import { recordVictimOutreach, signOffAttempts, type ToldOutreach } from "../store/victim-outreach";
import { isUuid } from "../../../platform/store/uuid";
import { RecordVictimAttemptInput, RecordVictimNoticeInput, SignOffAttemptsInput } from "./contact-inputs";
import { VictimGateResult, type ContactProblem } from "./contact-results";
import type { LawEnforcementContext } from "./context";

const refused = (problem: ContactProblem): VictimGateResult => ({ case: null, problem });

/** Changes what stands of a case that the caller sees, once for each key. */
async function change(
  context: LawEnforcementContext,
  mutation: string,
  input: { readonly key: string; readonly caseId: string },
  work: (
    manager: EntityManager,
    file: CaseFileRow,
  ) => Promise<Result<string, { readonly code: ContactProblem }>>,
): Promise<VictimGateResult> {
  const { caller, database, loaders, now } = context;
  if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
  const file = await loaders.case.load(input.caseId);
  if (file === null) return refused("NOT_FOUND");
  const told = { caller, key: input.key, mutation, input, now };
  const outcome = await toldOnce(database, told, (manager) => work(manager, file));
  if (!outcome.ok) return refused(outcome.refusal.code);
  loaders.outreachOfCase.clear(file.id);
  loaders.signOffsOfCase.clear(file.id);
  return { case: file, problem: null };
}

@Resolver()
export class VictimGateResolver {
  @Mutation(() => VictimGateResult, {
    nullable: true,
    description:
      "Records that the victim of a case was told of what comes next: it opens the gate of her case.",
  })
  recordVictimNotice(
    @Arg("input", () => RecordVictimNoticeInput, { description: "The notice." })
    input: RecordVictimNoticeInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<VictimGateResult> {
    const told: ToldOutreach = { kind: "victim-notice", outcome: "reached", madeAt: input.madeAt };
    return change(context, "recordVictimNotice", input, (manager, file) =>
      recordVictimOutreach(manager, file, told, { by: nameOf(context.caller), now: context.now }),
    );
  }

  @Mutation(() => VictimGateResult, {
    nullable: true,
    description: "Records an attempt to tell the victim of a case that failed.",
  })
  recordVictimAttempt(
    @Arg("input", () => RecordVictimAttemptInput, { description: "The attempt." })
    input: RecordVictimAttemptInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<VictimGateResult> {
    const told: ToldOutreach = { kind: "notice-attempt", outcome: input.outcome, madeAt: input.madeAt };
    return change(context, "recordVictimAttempt", input, (manager, file) =>
      recordVictimOutreach(manager, file, told, { by: nameOf(context.caller), now: context.now }),
    );
  }

  @Mutation(() => VictimGateResult, {
    nullable: true,
    description:
      "Signs that enough attempts to reach the victim of a case have failed, none of them the signer's: for one planned contact, it opens the gate of her case.",
  })
  async signOffAttempts(
    @Arg("input", () => SignOffAttemptsInput, { description: "For whom." }) input: SignOffAttemptsInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<VictimGateResult> {
    const contact = await context.loaders.contact.load(input.contactId);
    return change(context, "signOffAttempts", input, async (manager, file) =>
      contact?.personId === file.personId
        ? signOffAttempts(manager, contact, file, { by: nameOf(context.caller), now: context.now })
        : { ok: false, refusal: { code: "NOT_FOUND" } },
    );
  }
}
