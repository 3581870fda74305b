import { SignJWT, exportJWK, generateKeyPair, type CryptoKey } from "jose";
import { AUDIENCE, type Issuer } from "../../platform/caller/verify-token";
import type { Role } from "../../policy/matrix";

/** Who asks. */
export interface Caller {
  readonly name: string;
  readonly role: Role;
  readonly agency: string;
  readonly subject: string;
}

const caller = (role: Role, agency: string, number = 1): Caller => ({
  name: number === 1 ? role : `${role} ${number}`,
  role,
  agency,
  subject: `${role}-${number}`,
});

/** One caller of each role, for whom the world holds something in every element the role may see. */
export const CALLERS: Readonly<Record<Role, Caller>> = {
  detective: caller("detective", "metro-police"),
  coordinator: caller("coordinator", "metro-police"),
  prosecutor: caller("prosecutor", "county-prosecutor"),
  probation: caller("probation", "county-probation"),
  advocate: caller("advocate", "harbor-house"),
  provider: caller("provider", "new-start"),
  messenger: caller("messenger", "street-voices"),
  evaluator: caller("evaluator", "state-university"),
  auditor: caller("auditor", "county-audit"),
};

/** The same roles elsewhere: other people's rows. */
export const STRANGERS: readonly Caller[] = [
  caller("advocate", "safe-passage", 2),
  caller("provider", "open-door", 2),
  caller("messenger", "street-voices", 2),
];

export const EVERYBODY: readonly Caller[] = [...Object.values(CALLERS), ...STRANGERS];

const ROLES_OF_AGENCIES: Readonly<Record<string, readonly Role[]>> = {
  "metro-police": ["detective", "coordinator"],
  "county-prosecutor": ["prosecutor"],
  "county-probation": ["probation"],
  "harbor-house": ["advocate"],
  "safe-passage": ["advocate"],
  "new-start": ["provider"],
  "open-door": ["provider"],
  "street-voices": ["messenger"],
  "state-university": ["evaluator"],
  "county-audit": ["auditor"],
};

/** What is wrong with a credential; all of them must be refused at every door. */
export const BAD_CREDENTIALS = [
  "missing",
  "malformed",
  "expired",
  "forged",
  "unsigned",
  "another agency's role",
  "two roles",
  "for another service",
  "of a role that is none",
] as const;
export type BadCredential = (typeof BAD_CREDENTIALS)[number];

export interface Credentials {
  readonly issuers: readonly Issuer[];
  /** The caller's own token as an authorization header. */
  own(caller: Caller): string;
  /** One that must be refused, made for this caller as far as it can be. */
  bad(caller: Caller, what: BadCredential): string | undefined;
  /** Whose token stands in an authorization header that `own` made. */
  ownerOf(authorization: string | undefined): Caller | undefined;
}

const issuerOf = (agency: string) => `https://id.${agency}.example`;

interface Signed {
  readonly key: CryptoKey;
  readonly agency: string;
  readonly subject: string;
  readonly roles: readonly string[];
  readonly audience?: string;
  readonly expires?: string;
}

async function signed({
  key,
  agency,
  subject,
  roles,
  audience = AUDIENCE,
  expires = "12h",
}: Signed): Promise<string> {
  const token = await new SignJWT({ roles })
    .setProtectedHeader({ alg: "EdDSA" })
    .setSubject(subject)
    .setIssuer(issuerOf(agency))
    .setAudience(audience)
    .setExpirationTime(expires)
    .sign(key);
  return `Bearer ${token}`;
}

/** Keys of the agencies' own, a good token for every caller, and every bad one. */
export async function createCredentials(): Promise<Credentials> {
  const keys = new Map<string, CryptoKey>();
  const issuers: Issuer[] = [];
  for (const [agency, roles] of Object.entries(ROLES_OF_AGENCIES)) {
    const { privateKey, publicKey } = await generateKeyPair("EdDSA");
    keys.set(agency, privateKey);
    const jwk = { ...(await exportJWK(publicKey)), alg: "EdDSA" };
    issuers.push({ issuer: issuerOf(agency), agency, roles, keys: { keys: [jwk] } });
  }
  const stranger = (await generateKeyPair("EdDSA")).privateKey;
  const own = new Map<Caller, string>();
  const bad = new Map<Caller, Record<BadCredential, string | undefined>>();
  for (const one of EVERYBODY) {
    const key = keys.get(one.agency)!;
    const claims = { key, agency: one.agency, subject: one.subject, roles: [one.role] };
    const good = await signed(claims);
    own.set(one, good);
    const [, payload] = good.slice("Bearer ".length).split(".");
    const otherAgency = one.agency === "open-door" ? "harbor-house" : "open-door";
    bad.set(one, {
      missing: undefined,
      malformed: "Bearer nonsense",
      expired: await signed({ ...claims, expires: "-1s" }),
      forged: await signed({ ...claims, key: stranger }),
      unsigned: `Bearer ${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`,
      "another agency's role": await signed({
        ...claims,
        key: keys.get(otherAgency)!,
        agency: otherAgency,
        roles: [one.role === "provider" ? "detective" : one.role],
      }),
      "two roles": await signed({
        ...claims,
        roles: [one.role, one.role === "detective" ? "coordinator" : "detective"],
      }),
      "for another service": await signed({ ...claims, audience: "payroll" }),
      "of a role that is none": await signed({ ...claims, roles: ["superuser"] }),
    });
  }
  const owners = new Map([...own].map(([one, header]) => [header, one]));
  return {
    issuers,
    own: (one) => own.get(one)!,
    bad: (one, what) => bad.get(one)![what],
    ownerOf: (header) => owners.get(header ?? ""),
  };
}
