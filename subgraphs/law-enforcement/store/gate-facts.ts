import type { EntityManager } from "typeorm";
import type { OutcomeFacts } from "../domain/contact-outcome";
import { CaseFileRow, JusticeOutreachRow } from "./entities/case-file";
import { AttemptsSignOffRow } from "./entities/contact";
import { levelsInForce } from "./levels";
import { listsBy } from "../../../platform/store/lists-by";

/** What was done for the victim of each case of each person, whoever may see it; three statements, however many persons. */
export async function victimsOf(
  manager: EntityManager,
  personIds: readonly string[],
): Promise<OutcomeFacts["victims"][]> {
  const cases = await listsBy(manager, CaseFileRow, "personId", [...new Set(personIds)]);
  const files = cases.flat();
  const ids = files.map(({ id }) => id);
  const outreach = await listsBy(manager, JusticeOutreachRow, "caseId", ids);
  const signOffs = await listsBy(manager, AttemptsSignOffRow, "caseId", ids);
  const victims = files.map(({ personId, openedAt }, index) => ({
    ...{ personId, openedAt },
    ...{ outreach: outreach[index]!, signOffs: signOffs[index]! },
  }));
  return personIds.map((id) => victims.filter(({ personId }) => personId === id));
}

/** What decides how each contact that took place at an instant is recorded. */
export async function outcomeFacts<Contact extends OutcomeFacts["contact"] & { readonly personId: string }>(
  manager: EntityManager,
  contacts: readonly Contact[],
  madeAt: Date,
): Promise<(OutcomeFacts & { readonly contact: Contact })[]> {
  const personIds = contacts.map(({ personId }) => personId);
  const levels = await levelsInForce(manager, personIds, madeAt);
  const victims = await victimsOf(manager, personIds);
  return contacts.map((contact, index) => ({
    contact,
    inForce: levels[index]?.level ?? null,
    victims: victims[index]!,
  }));
}
