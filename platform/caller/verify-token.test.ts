import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JSONWebKeySet } from "jose";
import { createTokenVerifier, type VerifyToken } from "./verify-token";

const NOW = new Date("2026-03-01T12:00:00Z");
const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

interface Claims {
  iss?: string;
  sub?: string;
  aud?: string;
  roles?: unknown;
  agency?: string;
  exp?: number | undefined;
  nbf?: number;
}

describe("verifying a token", () => {
  let harbor: CryptoKey;
  let police: CryptoKey;
  let verify: VerifyToken;
  let now = NOW;

  const keySet = async (key: CryptoKey): Promise<JSONWebKeySet> => ({
    keys: [{ ...(await exportJWK(key)), alg: "EdDSA" }],
  });

  beforeAll(async () => {
    const [one, two] = [await generateKeyPair("EdDSA"), await generateKeyPair("EdDSA")];
    harbor = one.privateKey;
    police = two.privateKey;
    verify = createTokenVerifier(
      [
        {
          issuer: "https://id.harbor",
          agency: "harbor",
          roles: ["advocate"],
          keys: await keySet(one.publicKey),
        },
        {
          issuer: "https://id.police",
          agency: "police",
          roles: ["detective", "coordinator"],
          keys: await keySet(two.publicKey),
        },
      ],
      () => now,
    );
  });
  beforeEach(() => {
    now = NOW;
  });

  const sign = async (key: CryptoKey, claims: Claims = {}) => {
    const payload = {
      iss: "https://id.harbor",
      sub: "ann",
      aud: "ipvi-hub",
      roles: ["advocate"],
      exp: seconds(NOW) + 60,
      ...claims,
    };
    const token = await new SignJWT(JSON.parse(JSON.stringify(payload)) as Record<string, unknown>)
      .setProtectedHeader({ alg: "EdDSA" })
      .sign(key);
    return `Bearer ${token}`;
  };

  test("names the caller by the token, and the agency by its issuer", async () => {
    const caller = await verify(await sign(harbor));
    expect(caller).toMatchObject({ subject: "ann", agency: "harbor", roles: ["advocate"] });
    expect(caller.expiresAt).toEqual(new Date(NOW.getTime() + 60_000));
  });

  const refusals: [string, () => Promise<string | undefined>, string][] = [
    ["no token", async () => undefined, "TOKEN_MISSING"],
    ["no bearer scheme", async () => "Basic YTpi", "TOKEN_MALFORMED"],
    ["not a JWT", async () => "Bearer nonsense", "TOKEN_MALFORMED"],
    ["an expired token", () => sign(harbor, { exp: seconds(NOW) - 1 }), "TOKEN_EXPIRED"],
    ["a token of tomorrow", () => sign(harbor, { nbf: seconds(NOW) + 60 }), "TOKEN_NOT_YET_VALID"],
    ["a token without expiry", () => sign(harbor, { exp: undefined }), "TOKEN_MALFORMED"],
    ["a token for another service", () => sign(harbor, { aud: "payroll" }), "TOKEN_AUDIENCE"],
    ["an unknown issuer", () => sign(harbor, { iss: "https://id.elsewhere" }), "ISSUER_UNKNOWN"],
    ["another issuer's key", () => sign(police), "TOKEN_SIGNATURE"],
    ["a role that its agency may not hold", () => sign(harbor, { roles: ["detective"] }), "ROLE_NOT_HELD"],
    [
      "one allowed role beside one that is not",
      () => sign(harbor, { roles: ["advocate", "detective"] }),
      "ROLE_NOT_HELD",
    ],
    [
      "two roles at once",
      () => sign(police, { iss: "https://id.police", roles: ["detective", "coordinator"] }),
      "ROLES_MIXED",
    ],
    ["no roles", () => sign(harbor, { roles: [] }), "TOKEN_MALFORMED"],
    ["roles that are no list", () => sign(harbor, { roles: "advocate" }), "TOKEN_MALFORMED"],
    ["an agency that is not the issuer's", () => sign(harbor, { agency: "police" }), "AGENCY_NOT_ITS_OWN"],
  ];
  test.each(refusals)("refuses %s", async (_title, header, reason) => {
    await expect(verify(await header())).rejects.toMatchObject({ name: "CallerRefused", reason });
  });

  test("refuses an unsigned token", async () => {
    const [head, body] = [
      { alg: "none" },
      { iss: "https://id.harbor", sub: "ann", aud: "ipvi-hub", roles: ["advocate"] },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    await expect(verify(`Bearer ${head}.${body}.`)).rejects.toMatchObject({ name: "CallerRefused" });
  });

  test("refuses a token it remembers once that has expired", async () => {
    const header = await sign(harbor);
    await verify(header);
    now = new Date(NOW.getTime() + 60_000);
    await expect(verify(header)).rejects.toMatchObject({ reason: "TOKEN_EXPIRED" });
  });

  test("says nothing of the token in a refusal", async () => {
    const header = await sign(harbor, { sub: "secret-subject", roles: ["detective"] });
    const error = (await verify(header).catch((e: unknown) => e)) as Error;
    expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(/secret-subject|eyJ/);
  });
});
