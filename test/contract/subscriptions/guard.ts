import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Access } from "../../../gateway/main";
import { AUDIENCE, createTokenVerifier } from "../../../platform/caller/verify-token";
import { TEST_HUB_SECRET } from "../../../platform/hub-signature/signed-fetch.fixture";

export interface Guard {
  readonly access: Access;
  token(subject: string, role?: string, seconds?: number): Promise<string>;
}

/** One agency whose detectives see what is secret and whose advocates do not. */
export async function createGuard(folder: string): Promise<Guard> {
  const scopesFile = join(folder, "scopes.json");
  writeFileSync(scopesFile, JSON.stringify({ detective: ["secret"], advocate: [] }));
  const { publicKey, privateKey } = await generateKeyPair("EdDSA");
  const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: "EdDSA" }] };
  const issuer = { issuer: "https://id.agency", agency: "agency", roles: ["detective", "advocate"], keys };
  return {
    access: {
      verifyToken: createTokenVerifier([issuer]),
      scopesFile,
      hubSecrets: { arrests: TEST_HUB_SECRET, names: `${TEST_HUB_SECRET} of another` },
    },
    token: (subject, role = "advocate", seconds = 3_600) =>
      new SignJWT({ roles: [role] })
        .setProtectedHeader({ alg: "EdDSA" })
        .setIssuer(issuer.issuer)
        .setSubject(subject)
        .setAudience(AUDIENCE)
        .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds)
        .sign(privateKey),
  };
}
