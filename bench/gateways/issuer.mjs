// A partner agency's identity provider made for one run: EdDSA keys, and tokens of some detectives.
import { generateKeyPairSync, sign } from "node:crypto";

const ISSUER = "https://issuer.bench.invalid";
const AUDIENCE = "ipvi-hub";
/** Of each role. */
const CALLERS = 16;

/** Every scope that the bench's schema asks for: nothing of the answers is cut away. */
export const SCOPES = [
  "conference:F",
  "offender-identity:F",
  "tier:F",
  "tier-reasons:F",
  "charges:F",
  "custody:F",
  "conditions:F",
  "warrants:F",
  "outreach-justice:F",
  "lethality-screen:F",
  "outreach-advocacy:R",
  "client:R",
  "client-contact:R",
  "needs:R",
  "referrals:R",
  "service-attendance:R",
];

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The issuer as the gateway is told of it, its roles' scopes, and the tokens that the load sends in turn, role after role. */
export function makeIssuer(scopes = { detective: SCOPES }) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const now = Math.floor(Date.now() / 1000);
  const roles = Object.keys(scopes);
  const tokens = Array.from({ length: CALLERS * roles.length }, (_, n) => {
    const role = roles[n % roles.length];
    const signed = [
      encoded({ alg: "EdDSA", kid: "bench" }),
      encoded({
        iss: ISSUER,
        sub: `${role}-${n}`,
        aud: AUDIENCE,
        iat: now,
        exp: now + 86_400,
        roles: [role],
      }),
    ].join(".");
    return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString("base64url")}`;
  });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "bench", alg: "EdDSA" };
  return {
    issuer: { issuer: ISSUER, agency: "police", roles, keys: { keys: [jwk] } },
    scopes,
    tokens,
  };
}
