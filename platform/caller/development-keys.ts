import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JSONWebKeySet, type JWK } from "jose";
import { AUDIENCE } from "./verify-token";

const ALGORITHM = "EdDSA";

function fileOf(folder: string, agency: string): string {
  return join(folder, `${agency}.jwk`);
}

function readKey(folder: string, agency: string): JWK | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(folder, agency), "utf8")) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Makes the agency's signing key once; later calls keep it, so that tokens outlive a restart. However many processes ask at
 * the same moment, the first to give its draft the name has made it.
 */
export async function ensureDevelopmentKey(folder: string, agency: string): Promise<void> {
  if (readKey(folder, agency)) return;
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: agency, alg: ALGORITHM };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${fileOf(folder, agency)}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(jwk), { mode: 0o600 });
  try {
    linkSync(draft, fileOf(folder, agency));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}

/**
 * The public half, as an issuer would serve it.
 *
 * @throws Error when the key was never made.
 */
export function developmentKeySet(folder: string, agency: string): JSONWebKeySet {
  const jwk = readKey(folder, agency);
  if (!jwk) throw new Error(`There is no development key for ${agency}: run 'npm start' once.`);
  const { d: _private, ...publicKey } = jwk;
  return { keys: [publicKey] };
}

export interface TokenClaims {
  readonly issuer: string;
  readonly agency: string;
  readonly subject: string;
  readonly roles: readonly string[];
  /** Seconds from now. */
  readonly lifetime: number;
}

/** Signs a token as the agency's own identity provider would. For development only: the caller must see to that. */
export async function signDevelopmentToken(folder: string, claims: TokenClaims): Promise<string> {
  const jwk = readKey(folder, claims.agency);
  if (!jwk) throw new Error(`There is no development key for ${claims.agency}: run 'npm start' once.`);
  return new SignJWT({ roles: [...claims.roles] })
    .setProtectedHeader({ alg: ALGORITHM, kid: claims.agency })
    .setIssuer(claims.issuer)
    .setSubject(claims.subject)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + claims.lifetime)
    .sign(await importJWK(jwk, ALGORITHM));
}
