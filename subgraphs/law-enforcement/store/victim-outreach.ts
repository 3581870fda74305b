import { In, type EntityManager } from "typeorm";
import { decideSignOff, isAheadOf, type SignOffRefusal } from "../domain/contact-form";
import { accept, refuse, type Result } from "../domain/result";
import { holdContact, holdPerson, type Deed } from "./contacts";
import { CaseFileRow, JusticeOutreachRow } from "./entities/case-file";
import { AttemptsSignOffRow, ContactRow } from "./entities/contact";

/** What was done to give a victim notice. */
export interface ToldOutreach {
  readonly kind: "victim-notice" | "notice-attempt";
  readonly outcome: "reached" | "not-reached" | "declined";
  readonly madeAt: Date;
}

/** Why it is not recorded. BEFORE_THE_PLAN: she was told before the contact was planned, so not of it. */
export type OutreachRefusal = "IN_THE_FUTURE" | "BEFORE_THE_PLAN";

/** Records what was done for the victim of a case that the caller may see. Answers the case's id. */
export async function recordVictimOutreach(
  manager: EntityManager,
  file: CaseFileRow,
  told: ToldOutreach,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: OutreachRefusal }>> {
  if (isAheadOf(told.madeAt, now)) return refuse({ code: "IN_THE_FUTURE" });
  await holdPerson(manager, file.personId);
  const [ahead] = await manager.find(ContactRow, {
    where: { personId: file.personId, state: In(["planned", "released"]) },
    order: { recordedAt: "DESC" },
    take: 1,
  });
  if (ahead && told.madeAt < ahead.recordedAt) return refuse({ code: "BEFORE_THE_PLAN" });
  await manager.insert(JusticeOutreachRow, { ...told, caseId: file.id, madeBy: by, recordedAt: now });
  return accept(file.id);
}

/** Records a supervisor's signature for one victim and one planned contact of one man. Answers the case's id. */
export async function signOffAttempts(
  manager: EntityManager,
  seen: ContactRow,
  file: CaseFileRow,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: SignOffRefusal }>> {
  const contact = await holdContact(manager, seen);
  const outreach = await manager.findBy(JusticeOutreachRow, { caseId: file.id });
  const decision = decideSignOff(contact, outreach, by, now);
  if (!decision.ok) return decision;
  const signed = { contactId: contact.id, caseId: file.id, signedBy: by, signedAt: now };
  // One that was signed stays as it was.
  await manager.createQueryBuilder().insert().into(AttemptsSignOffRow).values(signed).orIgnore().execute();
  return accept(file.id);
}
