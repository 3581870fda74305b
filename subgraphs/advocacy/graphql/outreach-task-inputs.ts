import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { ADVOCATES_REASONS, TaskReason, TaskState } from "../domain/outreach-task";

registerEnumType(TaskState, { name: "OutreachTaskState", description: "Where a task stands." });
registerEnumType(TaskReason, {
  name: "OutreachTaskReason",
  description:
    "Why nothing comes of a task. CONTACT_CALLED_OFF, CASE_LEFT and ARREST_RECALLED are the hub's own: what it rested on is gone.",
});

const GivenReason = Object.fromEntries(ADVOCATES_REASONS.map((reason) => [reason, TaskReason[reason]]));
registerEnumType(GivenReason, {
  name: "CancelOutreachTaskReason",
  description: "Why nothing is to come of a task.",
});

@InputType({ description: "A task that somebody has seen." })
abstract class OfTask {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The task." })
  taskId!: string;

  @Field(() => TaskState, { description: "The state you have seen it in: STALE when it is another." })
  expects!: TaskState;
}

@InputType({ description: "A task that you take on yourself." })
export class TakeOutreachTaskInput extends OfTask {}

@InputType({ description: "A task that is done." })
export class CompleteOutreachTaskInput extends OfTask {
  @Field(() => ID, {
    description: "The outreach by which it was done: of the same case and kind, and since then.",
  })
  outreachId!: string;
}

@InputType({ description: "A task of which nothing is to come." })
export class CancelOutreachTaskInput extends OfTask {
  @Field(() => GivenReason, { description: "Why." })
  reason!: TaskReason;
}
