import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root, registerEnumType } from "type-graphql"; // prettier-ignore
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { isUuid } from "../../../platform/store/uuid";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";
import { OutreachKind } from "../domain/outreach";
import { TaskReason, TaskState } from "../domain/outreach-task";
import type { OutreachTaskRow } from "../store/entities/outreach-task";
import { changeTask, type TaskChange, type TaskChangeRefusal } from "../store/outreach-tasks";
import { Case } from "./case";
import type { AdvocacyContext } from "./context";
import { CancelOutreachTaskInput, CompleteOutreachTaskInput, TakeOutreachTaskInput } from "./outreach-task-inputs"; // prettier-ignore

type Problem = "NOT_FOUND" | "KEY_IS_NO_UUID" | KeyRefusal | TaskChangeRefusal;
/** Every problem there is: one that a rule can give and this list has not does not compile. */
const OutreachTaskProblem: { readonly [Code in Problem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  STALE: "STALE",
  ALREADY_TAKEN: "ALREADY_TAKEN",
  OVER: "OVER",
  OUTREACH_NOT_FOUND: "OUTREACH_NOT_FOUND",
  OUTREACH_DOES_NOT_FIT: "OUTREACH_DOES_NOT_FIT",
};
registerEnumType(OutreachTaskProblem, {
  name: "OutreachTaskProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such task and that it is not the reader's to see.",
});

@ObjectType({ description: "What is to be done for the victim of a case, by when." })
export class OutreachTask {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => Case, { description: "The case." })
  case!: Case;

  @Field(() => OutreachKind, { description: "What is to be done." })
  kind!: OutreachKind;

  @Field(() => TaskState, { description: "Where it stands." })
  state!: TaskState;

  @Field(() => String, {
    description:
      "What opened it: news of the case, such as contact-planned, or high-danger, which an assessment found. arrest-recalled: she was told of an arrest that does not hold, or what opened the task was one.",
  })
  openedOn!: string;

  @Field(() => DateTimeScalar, {
    description: "When that happened; of an arrest that was taken back, when it was.",
  })
  openedAt!: Date;

  @Field(() => DateTimeScalar, { description: "By when it is to be done." })
  dueAt!: Date;

  @Field(() => Boolean, { description: "It is not done, and should be." })
  overdue!: boolean;

  @Field(() => ID, { nullable: true, description: "The planned contact that it rests on; null: none." })
  contactId!: string | null;

  @Field(() => String, { nullable: true, description: "Who took it, by the subject of her token." })
  takenBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When." })
  takenAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who did it or gave it up; null: nobody, or the hub." })
  closedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When." })
  closedAt!: Date | null;

  @Field(() => ID, { nullable: true, description: "The outreach by which it was done." })
  outreachId!: string | null;

  @Field(() => TaskReason, { nullable: true, description: "Why nothing comes of it." })
  reason!: TaskReason | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "When law enforcement took back the arrest that opened it: tell her of it no more, and if she was told, that it does not hold. Null: it was not.",
  })
  recalledAt!: Date | null;
}

@ObjectType({ description: "One page of what your agency has to do." })
export class OutreachTaskPage {
  @Field(() => [OutreachTask], {
    description: "Undone tasks; what is overdue, and then what is due next, first.",
  })
  tasks!: OutreachTask[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { description: "Whether there is more." })
  hasNextPage!: boolean;
}

@ObjectType({ description: "The task as it now is, or a problem." })
export class OutreachTaskResult {
  @Field(() => OutreachTask, { nullable: true, description: "The task as it now is." })
  task!: OutreachTask | null;

  @Field(() => OutreachTaskProblem, { nullable: true, description: "Why nothing took effect." })
  problem!: Problem | null;
}

const isUndone = ({ state }: OutreachTaskRow) => state === "open" || state === "taken";

function shown(row: OutreachTaskRow, { reader, now }: AdvocacyContext): OutreachTask {
  const overdue = isUndone(row) && row.dueAt < now();
  return { ...row, overdue, case: { id: row.caseId, assignedAgency: reader.agency } };
}

/** Changes a task that the caller sees. */
async function change(
  context: AdvocacyContext,
  mutation: string,
  input: { readonly key: string; readonly taskId: string },
  what: TaskChange,
): Promise<OutreachTaskResult> {
  const { caller, reader, rows } = context;
  const refused = (problem: Problem) => ({ task: null, problem });
  if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
  const records = rows.ownRecords();
  const seen = await records?.task(input.taskId);
  if (!records || !seen) return refused("NOT_FOUND");
  const now = context.now();
  const done = await toldOnce<{ code: TaskChangeRefusal }>(
    seen.database,
    { caller, key: input.key, mutation, input, now },
    (manager) => changeTask(manager, seen.task.id, what, { by: reader.subject, now }),
  );
  if (!done.ok) return refused(done.refusal.code);
  const changed = await records.task(done.value);
  return changed ? { task: shown(changed.task, context), problem: null } : refused("NOT_FOUND");
}

@Resolver(() => Case)
export class OutreachTaskResolver {
  @FieldResolver(() => [OutreachTask], {
    nullable: true,
    description:
      "What is and was to be done for the victim, undone tasks first; null: no case of your agency.",
  })
  async outreachTasks(@Root() root: Case, @Ctx() context: AdvocacyContext): Promise<OutreachTask[] | null> {
    const rows = await context.rows.ownRecords()?.tasks(root.id);
    if (!rows) return null;
    const ordered = [...rows.filter(isUndone), ...rows.filter((row) => !isUndone(row))];
    return ordered.map((row) => shown(row, context));
  }

  @Query(() => OutreachTaskPage, {
    nullable: true,
    description: "What your agency has to do: undone tasks of its cases, by when they are due.",
  })
  async myOutreachTasks(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: AdvocacyContext,
  ): Promise<OutreachTaskPage> {
    const own = context.rows.ownRecords();
    // By its due time, the earliest first: the page's cursor holds any place in time.
    const { rows, ...rest } = await newestFirst(page, async (after, limit) => (await own?.undoneTasks(after, limit)) ?? []); // prettier-ignore
    return { tasks: rows.map((row) => shown(row, context)), ...rest };
  }

  @Mutation(() => OutreachTaskResult, { nullable: true, description: "Takes a task on yourself." })
  takeOutreachTask(
    @Arg("input", () => TakeOutreachTaskInput, { description: "Which one." }) input: TakeOutreachTaskInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<OutreachTaskResult> {
    return change(context, "takeOutreachTask", input, { event: "take", expects: input.expects });
  }

  @Mutation(() => OutreachTaskResult, {
    nullable: true,
    description: "Says that a task is done, by an outreach that is recorded.",
  })
  completeOutreachTask(
    @Arg("input", () => CompleteOutreachTaskInput, { description: "By which." })
    input: CompleteOutreachTaskInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<OutreachTaskResult> {
    const { expects, outreachId } = input;
    return change(context, "completeOutreachTask", input, { event: "complete", expects, outreachId });
  }

  @Mutation(() => OutreachTaskResult, {
    nullable: true,
    description: "Says that nothing is to come of a task.",
  })
  cancelOutreachTask(
    @Arg("input", () => CancelOutreachTaskInput, { description: "Why." }) input: CancelOutreachTaskInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<OutreachTaskResult> {
    const { expects, reason } = input;
    return change(context, "cancelOutreachTask", input, { event: "cancel", expects, reason });
  }
}
