import { all, type Rows } from "./coordinate-rows";

/** What he agreed to is no element of the matrix: who records it is shown the outcome, and nobody else. */
const AGREEMENT = ["act:record-referral-agreement"] as const;

export const REFERRAL_AGREEMENTS: Rows = {
  "Mutation.recordReferralAgreement": AGREEMENT,
  ...all("ReferralAgreementResult", AGREEMENT, ["agreement", "problem"]),
  ...all("ReferralAgreement", AGREEMENT, ["providerAgency", "agreedAt", "withdrawnAt"]),
};
