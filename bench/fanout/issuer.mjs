// Identity providers of some agencies, made for one run: EdDSA keys, and for each subscriber a token of its own.
import { generateKeyPairSync, sign } from "node:crypto";

const AUDIENCE = "ipvi-hub";
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The issuers as the gateway is told of them, and a way to make the token of the nth subscriber, agency after agency. */
export function makeIssuers(agencies, role) {
  const now = Math.floor(Date.now() / 1000);
  const head = encoded({ alg: "EdDSA", kid: "bench" });
  const made = Array.from({ length: agencies }, (_, n) => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "bench", alg: "EdDSA" };
    const issuer = `https://agency-${n}.bench.invalid`;
    return { privateKey, issuer: { issuer, agency: `agency-${n}`, roles: [role], keys: { keys: [jwk] } } };
  });
  return {
    issuers: made.map(({ issuer }) => issuer),
    tokenOf: (n) => {
      const { issuer, privateKey } = made[n % agencies];
      const claims = { iss: issuer.issuer, sub: `person-${n}`, aud: AUDIENCE, roles: [role] };
      const signed = `${head}.${encoded({ ...claims, iat: now, exp: now + 86_400 })}`;
      return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString("base64url")}`;
    },
  };
}
