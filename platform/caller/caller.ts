/** Who asks, as a verified token says. Nothing in it comes from anything but the token and the request's headers. */
export interface Caller {
  /** The person, unique within the agency. */
  readonly subject: string;
  /** The agency's id in site/partners.json; decided by the token's issuer, never by a claim. */
  readonly agency: string;
  /**
   * The one role this person acts in. Several together would see more than each alone: what one may see, of the people
   * that another may look at.
   */
  readonly roles: readonly string[];
  /** UTC instant after which nothing is answered on this token. */
  readonly expiresAt: Date;
  /** The bearer token itself, to be passed on to the agencies, which verify it again. Never logged. */
  readonly token: string;
}

export type RefusalReason =
  | "TOKEN_MISSING"
  | "TOKEN_MALFORMED"
  | "TOKEN_EXPIRED"
  | "TOKEN_NOT_YET_VALID"
  | "TOKEN_AUDIENCE"
  | "TOKEN_SIGNATURE"
  | "ISSUER_UNKNOWN"
  | "AGENCY_NOT_ITS_OWN"
  | "ROLE_NOT_HELD"
  | "ROLES_MIXED"
  | "KEYS_UNAVAILABLE";

const MESSAGES: Record<RefusalReason, string> = {
  TOKEN_MISSING: "No bearer token: send an Authorization header, 'Bearer' and a token.",
  TOKEN_MALFORMED: "The bearer token is not a signed JWT with sub, iss, aud, exp and roles.",
  TOKEN_EXPIRED: "The token has expired: ask your agency for a new one.",
  TOKEN_NOT_YET_VALID: "The token is not valid yet: check the clocks.",
  TOKEN_AUDIENCE: "The token was issued for another service.",
  TOKEN_SIGNATURE: "The token's signature does not verify against its issuer's keys.",
  ISSUER_UNKNOWN: "The token's issuer is no partner of this site.",
  AGENCY_NOT_ITS_OWN: "The token names an agency that its issuer may not speak for.",
  ROLE_NOT_HELD: "The token claims a role that its agency may not hold.",
  ROLES_MIXED: "The token claims several roles: a caller acts in one at a time, with a token for it.",
  KEYS_UNAVAILABLE: "The issuer's keys could not be read, so the token cannot be verified.",
};

/** A caller was refused before anything was looked at. The message holds nothing of the token. */
export class CallerRefused extends Error {
  override readonly name = "CallerRefused";
  constructor(
    readonly reason: RefusalReason,
    options?: ErrorOptions,
  ) {
    super(MESSAGES[reason], options);
  }
}
