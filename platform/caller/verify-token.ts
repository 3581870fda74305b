import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, errors, jwtVerify } from "jose";
import type { JSONWebKeySet, JWTVerifyGetKey } from "jose";
import { LRUCache } from "lru-cache";
import { CallerRefused, type Caller } from "./caller";

/** One agency's identity provider: it speaks for that agency only, and only of the roles that agency may hold. */
export interface Issuer {
  readonly issuer: string;
  readonly agency: string;
  readonly roles: readonly string[];
  /** Its public keys, or the address that serves them. */
  readonly keys: JSONWebKeySet | URL;
}

export type VerifyToken = (authorization: string | undefined) => Promise<Caller>;

export const AUDIENCE = "ipvi-hub";
const ALGORITHMS = ["EdDSA", "Ed25519", "ES256", "RS256", "PS256"];
/** Bounds the cache of verified tokens; far above the users of one county at work at one time. */
const CACHED_TOKENS = 10_000;
const LONGEST_TOKEN = 8_192;

function refusalOf(error: unknown): CallerRefused {
  if (error instanceof CallerRefused) return error;
  if (error instanceof errors.JWTExpired) return new CallerRefused("TOKEN_EXPIRED");
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "nbf") return new CallerRefused("TOKEN_NOT_YET_VALID");
    if (error.claim === "aud") return new CallerRefused("TOKEN_AUDIENCE");
    return new CallerRefused("TOKEN_MALFORMED");
  }
  const unverifiable =
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSEAlgNotAllowed;
  if (unverifiable) return new CallerRefused("TOKEN_SIGNATURE");
  const malformed =
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JOSENotSupported;
  if (malformed) return new CallerRefused("TOKEN_MALFORMED");
  return new CallerRefused("KEYS_UNAVAILABLE", { cause: error });
}

function bearerOf(authorization: string | undefined): string {
  if (!authorization) throw new CallerRefused("TOKEN_MISSING");
  const match = /^Bearer +([^\s]+)$/i.exec(authorization);
  if (!match?.[1] || match[1].length > LONGEST_TOKEN) throw new CallerRefused("TOKEN_MALFORMED");
  return match[1];
}

function issuerClaimOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    throw new CallerRefused("TOKEN_MALFORMED");
  }
}

/**
 * Builds the one check that every door passes: signature by the issuer's own keys, audience, validity in time, the
 * issuer's agency, and roles that this agency may hold. A verified token is remembered until it expires.
 *
 * @throws CallerRefused with a reason out of a closed list; whatever is not plainly right is refused.
 */
export function createTokenVerifier(
  issuers: readonly Issuer[],
  now: () => Date = () => new Date(),
): VerifyToken {
  const known = new Map(
    issuers.map((issuer): [string, { issuer: Issuer; keys: JWTVerifyGetKey }] => [
      issuer.issuer,
      {
        issuer,
        keys: issuer.keys instanceof URL ? createRemoteJWKSet(issuer.keys) : createLocalJWKSet(issuer.keys),
      },
    ]),
  );
  const verified = new LRUCache<string, Caller>({ max: CACHED_TOKENS });

  async function verify(token: string): Promise<Caller> {
    const entry = known.get(issuerClaimOf(token) ?? "");
    if (!entry) throw new CallerRefused("ISSUER_UNKNOWN");
    const { issuer, keys } = entry;
    const { payload } = await jwtVerify(token, keys, {
      issuer: issuer.issuer,
      audience: AUDIENCE,
      algorithms: ALGORITHMS,
      requiredClaims: ["sub", "exp"],
      currentDate: now(),
    });
    if (payload["agency"] !== undefined && payload["agency"] !== issuer.agency) {
      throw new CallerRefused("AGENCY_NOT_ITS_OWN");
    }
    const roles = payload["roles"];
    if (!payload.sub || payload.exp === undefined) throw new CallerRefused("TOKEN_MALFORMED");
    if (!Array.isArray(roles) || roles.length === 0) throw new CallerRefused("TOKEN_MALFORMED");
    const [role, another] = [...new Set(roles as unknown[])];
    if (!roles.every((one) => issuer.roles.includes(one as string))) throw new CallerRefused("ROLE_NOT_HELD");
    if (another !== undefined) throw new CallerRefused("ROLES_MIXED");
    return {
      subject: payload.sub,
      agency: issuer.agency,
      roles: [role as string],
      expiresAt: new Date(payload.exp * 1000),
      token,
    };
  }

  return async (authorization) => {
    const token = bearerOf(authorization);
    const remembered = verified.get(token);
    if (remembered) {
      if (remembered.expiresAt > now()) return remembered;
      verified.delete(token);
      throw new CallerRefused("TOKEN_EXPIRED");
    }
    try {
      const caller = await verify(token);
      verified.set(token, caller);
      return caller;
    } catch (error) {
      throw refusalOf(error);
    }
  };
}
