import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root, registerEnumType } from "type-graphql"; // prettier-ignore
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { isUuid } from "../../../platform/store/uuid";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";
import { OutreachMeans, SafeContactReason, type Unsafe } from "../domain/safe-contact";
import { addressFault, ruleFault, type SafeContactFault } from "../domain/told-safe-contact";
import { safeOutreachOf, type SafeOutreach as Facts } from "../safe-outreach";
import { recordClientAddress, recordSafeContact } from "../store/safe-contact";
import { Case } from "./case";
import { ClientContact } from "./client";
import type { AdvocacyContext } from "./context";

registerEnumType(OutreachMeans, {
  name: "OutreachMeans",
  description: "How a victim is turned to. MESSAGE: left on a telephone for her.",
});
registerEnumType(SafeContactReason, {
  name: "SafeContactReason",
  description:
    "Why a means is not safe. ADDRESS_SHARED: an address of hers is one of his, now or before; ADDRESS_UNKNOWN: that they are apart is not known.",
});

type Problem = "NOT_FOUND" | "NO_CLIENT" | "KEY_IS_NO_UUID" | KeyRefusal | SafeContactFault;
/** Every problem there is: one that a rule can give and this list has not does not compile. */
const SafeContactProblem: { readonly [Code in Problem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  NO_CLIENT: "NO_CLIENT",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  HOURS_NOT_VALID: "HOURS_NOT_VALID",
  LANGUAGE_NOT_VALID: "LANGUAGE_NOT_VALID",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
};
registerEnumType(SafeContactProblem, {
  name: "SafeContactProblem",
  description:
    "Why nothing was recorded. NOT_FOUND says alike that there is no such case and that it is not the reader's to see.",
});

@ObjectType({ description: "Whether she may be turned to by one means, at this moment." })
export class SafeOutreachMeans {
  @Field(() => OutreachMeans, { description: "The means." })
  means!: OutreachMeans;

  @Field(() => Boolean, {
    description: "Whether it is safe as far as she said and is known. Not known is no.",
  })
  safe!: boolean;

  @Field(() => SafeContactReason, { nullable: true, description: "Why not; null: it is." })
  reason!: Unsafe;
}

@ObjectType({ description: "How the victim of a case may be turned to without danger to her." })
export class SafeOutreach {
  @Field(() => DateTimeScalar, { nullable: true, description: "When she said it; null: nobody asked her." })
  toldAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was recorded." })
  recordedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "The language she wants to be addressed in." })
  language!: string | null;

  @Field(() => String, { nullable: true, description: "From when on, by the site's clocks; null: any hour." })
  hoursFrom!: string | null;

  @Field(() => String, { nullable: true, description: "Until when." })
  hoursUntil!: string | null;

  @Field(() => [SafeOutreachMeans], { description: "Each means, at this moment." })
  means!: SafeOutreachMeans[];
}

@InputType({ description: "What the victim of a case said, herself, of how she may be turned to." })
export class RecordSafeContactInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => Boolean, { description: "She may be called." })
  mayCall!: boolean;

  @Field(() => Boolean, { description: "She may be written to." })
  mayWrite!: boolean;

  @Field(() => Boolean, { description: "A message may be left for her, where she may be called." })
  mayLeaveMessage!: boolean;

  @Field(() => Boolean, { description: "She may be visited." })
  mayVisit!: boolean;

  @Field(() => String, { nullable: true, description: "From when on, as 09:00; with the end, or neither." })
  hoursFrom?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Until when, as 17:30; earlier than the start: the next day.",
  })
  hoursUntil?: string | null;

  @Field(() => String, { description: "The language she wants to be addressed in, a BCP 47 tag." })
  language!: string;

  @Field(() => DateTimeScalar, { description: "When she said it." })
  toldAt!: Date;
}

@InputType({
  description: "Where a client lives now. Where she lived stays known, to compare it with his addresses.",
})
export class RecordClientAddressInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "Her case." })
  caseId!: string;

  @Field(() => String, { description: "The address." })
  address!: string;
}

@ObjectType({ description: "How she may now be turned to, or a problem." })
export class SafeContactResult {
  @Field(() => SafeOutreach, { nullable: true, description: "As it now is." })
  safeOutreach!: SafeOutreach | null;

  @Field(() => SafeContactProblem, { nullable: true, description: "Why nothing was recorded." })
  problem!: Problem | null;
}

@ObjectType({ description: "How her agency reaches her now, or a problem." })
export class ClientAddressResult {
  @Field(() => ClientContact, { nullable: true, description: "As it now is." })
  clientContact!: ClientContact | null;

  @Field(() => SafeContactProblem, { nullable: true, description: "Why nothing was recorded." })
  problem!: Problem | null;
}

function shown({ rule, unsafe }: Facts): SafeOutreach {
  return {
    toldAt: rule?.toldAt ?? null,
    recordedAt: rule?.recordedAt ?? null,
    language: rule?.language ?? null,
    hoursFrom: rule?.hours?.from ?? null,
    hoursUntil: rule?.hours?.until ?? null,
    means: Object.values(OutreachMeans).map((means) => {
      const reason = unsafe(means);
      return { means, safe: reason === null, reason };
    }),
  };
}

function hoursOf({ hoursFrom = null, hoursUntil = null }: RecordSafeContactInput) {
  // Half of what she said is no hours: refused as such.
  return hoursFrom === null && hoursUntil === null
    ? null
    : { from: hoursFrom ?? "", until: hoursUntil ?? "" };
}

@Resolver(() => Case)
export class SafeContactResolver {
  @FieldResolver(() => SafeOutreach, {
    nullable: true,
    description:
      "How she may be turned to. His addresses are compared with hers out of everybody's sight; null: no case of your agency.",
  })
  async safeOutreach(@Root() root: Case, @Ctx() context: AdvocacyContext): Promise<SafeOutreach | null> {
    const facts = await safeOutreachOf(context, root.id);
    return facts && shown(facts);
  }

  @Mutation(() => SafeContactResult, {
    nullable: true,
    description: "Records what the victim of a case said of how she may be turned to. The newest counts.",
  })
  async recordSafeContact(
    @Arg("input", () => RecordSafeContactInput, { description: "What she said." })
    input: RecordSafeContactInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<SafeContactResult> {
    const { reader, rows, caller } = context;
    const refused = (problem: Problem) => ({ safeOutreach: null, problem });
    const { key, mayCall, mayWrite, mayLeaveMessage, mayVisit, language, toldAt } = input;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const now = context.now();
    const told = { mayCall, mayWrite, mayLeaveMessage, mayVisit, hours: hoursOf(input), language, toldAt };
    const fault = ruleFault(told, now);
    if (fault !== null) return refused(fault);
    const records = rows.ownRecords();
    const own = await records?.own(input.caseId);
    if (!records || !own) return refused("NOT_FOUND");
    const telling = { caller, key, mutation: "recordSafeContact", input, now };
    const done = await toldOnce<never>(own.database, telling, async (manager) => ({
      ok: true,
      value: await recordSafeContact(manager, own.caseId, told, { by: reader.subject, now }),
    }));
    if (!done.ok) return refused(done.refusal.code);
    await records.safetyChanged(own.caseId);
    const facts = await safeOutreachOf(context, own.caseId);
    return { safeOutreach: facts && shown(facts), problem: null };
  }

  @Mutation(() => ClientAddressResult, {
    nullable: true,
    description: "Records where a client of your agency lives now.",
  })
  async recordClientAddress(
    @Arg("input", () => RecordClientAddressInput, { description: "Where." }) input: RecordClientAddressInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<ClientAddressResult> {
    const { reader, rows, caller } = context;
    const refused = (problem: Problem) => ({ clientContact: null, problem });
    const { key, address } = input;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const fault = addressFault(address);
    if (fault !== null) return refused(fault);
    const records = rows.ownRecords();
    const own = await records?.own(input.caseId);
    if (!records || !own) return refused("NOT_FOUND");
    const client = await records.client(own.caseId);
    if (client === null) return refused("NO_CLIENT");
    const now = context.now();
    const telling = { caller, key, mutation: "recordClientAddress", input, now };
    const done = await toldOnce<never>(own.database, telling, async (manager) => ({
      ok: true,
      value: await recordClientAddress(manager, client.id, address, { by: reader.subject, now }),
    }));
    if (!done.ok) return refused(done.refusal.code);
    await records.safetyChanged(own.caseId);
    return { clientContact: await records.client(own.caseId), problem: null };
  }
}
