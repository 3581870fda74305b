import { IsNull, type EntityManager } from "typeorm";
import { decideAgreement, type AgreementRefusal, type ToldAgreement } from "../domain/referral-agreement";
import { accept, type Result } from "../domain/result";
import { holdPerson, type Deed } from "./contacts";
import { ReferralAgreementRow } from "./entities/person";

/** Records what a person whom the caller may see said about being referred; answers the person. */
export async function recordAgreement(
  manager: EntityManager,
  personId: string,
  told: ToldAgreement,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: AgreementRefusal }>> {
  await holdPerson(manager, personId);
  const { providerAgency, saidAt } = told;
  const live = { personId, providerAgency, withdrawnAt: IsNull() };
  const [standing] = await manager.find(ReferralAgreementRow, { where: live, order: { agreedAt: "DESC" } });
  const decision = decideAgreement(told, standing?.agreedAt ?? null, now);
  if (!decision.ok) return decision;
  if (decision.value === "agree") {
    const agreement = { personId, providerAgency, agreedAt: saidAt, recordedBy: by, recordedAt: now };
    await manager.save(manager.create(ReferralAgreementRow, { ...agreement, withdrawnAt: null }));
  } else {
    await manager.update(ReferralAgreementRow, live, {
      ...{ withdrawnAt: saidAt, withdrawalRecordedBy: by, withdrawalRecordedAt: now },
    });
  }
  return accept(personId);
}

/** The latest agreement of a person with a provider. */
export function latestAgreement(
  manager: EntityManager,
  personId: string,
  providerAgency: string,
): Promise<ReferralAgreementRow | null> {
  return manager.findOne(ReferralAgreementRow, {
    where: { personId, providerAgency },
    order: { agreedAt: "DESC" },
  });
}
