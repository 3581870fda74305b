import { isAheadOf } from "./contact-form";
import { accept, refuse, type Result } from "./result";

/** What he said about being referred to a provider, as somebody tells it. */
export interface ToldAgreement {
  readonly providerAgency: string;
  readonly agreed: boolean;
  readonly saidAt: Date;
}

/** Why what he said is not recorded. */
export type AgreementRefusal =
  "NO_AGENCY" | "IN_THE_FUTURE" | "ALREADY_AGREED" | "NOT_AGREED" | "BEFORE_AGREEMENT";

/** An agency's id, as the site's partners are named. */
const AGENCY = /^[a-z][a-z0-9-]{1,62}$/;
/** True for what can be the id of an agency. */
export const isAgencyId = (text: string): boolean => AGENCY.test(text);

/**
 * Decides what is done about what he said; `standing`: since when he agrees to this provider, null: he does not. A provider
 * sees his name and contact while an agreement stands (form L2).
 */
export function decideAgreement(
  { providerAgency, agreed, saidAt }: ToldAgreement,
  standing: Date | null,
  now: Date,
): Result<"agree" | "withdraw", { readonly code: AgreementRefusal }> {
  if (!isAgencyId(providerAgency)) return refuse({ code: "NO_AGENCY" });
  if (isAheadOf(saidAt, now)) return refuse({ code: "IN_THE_FUTURE" });
  if (agreed) return standing === null ? accept("agree") : refuse({ code: "ALREADY_AGREED" });
  if (standing === null) return refuse({ code: "NOT_AGREED" });
  return saidAt < standing ? refuse({ code: "BEFORE_AGREEMENT" }) : accept("withdraw");
}
