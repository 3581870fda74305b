import { decodeJwt, errors, jwtVerify, SignJWT } from "jose";
import { GraphQLError } from "graphql";
import type { Caller } from "../caller/caller";

export const BREAK_GLASS_HEADER = "x-ipvi-break-glass";

/** One element opened for one person in one role, until it expires. */
export interface Grant {
  /** The opening, as the agency that made it keeps it. */
  readonly id: string;
  /** The subgraph of the agency that holds the element and opened it. */
  readonly heldBy: string;
  readonly subject: string;
  readonly agency: string;
  readonly role: string;
  readonly element: string;
  readonly expiresAt: Date;
}

const REASONS = {
  GRANT_MALFORMED: "The break-glass grant is not one that an agency of this site signs.",
  GRANT_SIGNATURE: "The break-glass grant's signature does not verify.",
  GRANT_EXPIRED: "The break-glass grant has expired: open it again, with a reason.",
  GRANT_NOT_YOURS: "The break-glass grant is for somebody else, or for another role.",
  GRANT_OPENS_NOTHING: "The break-glass grant opens nothing in this role.",
  GRANT_UNKNOWN: "The agency has no record of the break-glass grant.",
} as const;
export type GrantRefusal = keyof typeof REASONS;

/** The answer to a grant that is not plainly right: the whole request is refused. The message holds nothing of it. */
export function grantRefused(reason: GrantRefusal): GraphQLError {
  return new GraphQLError(REASONS[reason], {
    extensions: { code: "BREAK_GLASS_REFUSED", reason, http: { status: 403 } },
  });
}

const AUDIENCE = "ipvi-break-glass";
const ALGORITHM = "HS256";
const LONGEST_GRANT = 4_096;

/** A JWS never reads as a signed request, whose text begins otherwise: one secret serves both. */
const keyOf = (secret: string) => new TextEncoder().encode(secret);

/** Signs a grant with the secret that its agency and the hub share; only the two can verify it. */
export async function signGrant(secret: string, grant: Grant): Promise<string> {
  return new SignJWT({ agency: grant.agency, role: grant.role, element: grant.element })
    .setProtectedHeader({ alg: ALGORITHM })
    .setJti(grant.id)
    .setIssuer(grant.heldBy)
    .setSubject(grant.subject)
    .setAudience(AUDIENCE)
    .setExpirationTime(Math.floor(grant.expiresAt.getTime() / 1000))
    .sign(keyOf(secret));
}

/** The agency that a grant says it is of; nothing is verified. */
export function statedHolder(grant: string): string | undefined {
  try {
    return decodeJwt(grant).iss;
  } catch {
    return undefined;
  }
}

function refusalOf(error: unknown): GraphQLError {
  if (error instanceof errors.JWTExpired) return grantRefused("GRANT_EXPIRED");
  if (error instanceof errors.JWSSignatureVerificationFailed) return grantRefused("GRANT_SIGNATURE");
  return grantRefused("GRANT_MALFORMED");
}

/**
 * Verifies that a grant was signed with an agency's secret, is for this caller in the role he acts in, and has not
 * expired at `now`.
 *
 * @throws GraphQLError `BREAK_GLASS_REFUSED` with a reason out of a closed list.
 */
export async function verifyGrant(
  text: string,
  caller: Caller,
  secretOf: (heldBy: string) => string | undefined,
  now: Date,
): Promise<Grant> {
  const heldBy = text.length > LONGEST_GRANT ? undefined : statedHolder(text);
  const secret = heldBy === undefined ? undefined : secretOf(heldBy);
  if (heldBy === undefined || secret === undefined) throw grantRefused("GRANT_MALFORMED");
  const { payload } = await jwtVerify(text, keyOf(secret), {
    algorithms: [ALGORITHM],
    issuer: heldBy,
    audience: AUDIENCE,
    requiredClaims: ["jti", "sub", "exp", "agency", "role", "element"],
    currentDate: now,
  }).catch((error: unknown) => {
    throw refusalOf(error);
  });
  const { jti, sub, exp, agency, role, element } = payload as Record<string, unknown>;
  const isHis =
    sub === caller.subject && agency === caller.agency && caller.roles.every((his) => his === role);
  if (!isHis || caller.roles.length !== 1) throw grantRefused("GRANT_NOT_YOURS");
  return {
    id: String(jti),
    heldBy,
    subject: caller.subject,
    agency: caller.agency,
    role: String(role),
    element: String(element),
    expiresAt: new Date(Number(exp) * 1000),
  };
}
