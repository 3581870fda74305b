import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { Caller } from "../caller/caller";
import { brokenGlassOf, type GlassOfAgency } from "./break-glass";
import { signGrant, verifyGrant, type Grant } from "./grant";

const SECRET = "the-secret-of-the-hub-and-one-agency";
const OTHER = "the-secret-of-the-hub-and-another-agency";
const NOW = new Date("2026-03-01T12:00:00Z");
const MINUTE = 60_000;

const CALLER: Caller = {
  subject: "cora",
  agency: "police",
  roles: ["coordinator"],
  expiresAt: new Date(NOW.getTime() + MINUTE * 60),
  token: "token",
};
const GRANT: Grant = {
  id: randomUUID(),
  heldBy: "records",
  subject: "cora",
  agency: "police",
  role: "coordinator",
  element: "narrative",
  expiresAt: new Date(NOW.getTime() + 15 * MINUTE),
};
const secretOf = (heldBy: string) => ({ records: SECRET, services: OTHER })[heldBy];
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    (error: { extensions?: { reason?: string; code?: string } }) => {
      expect(error.extensions?.code).toBe("BREAK_GLASS_REFUSED");
      return error.extensions?.reason;
    },
  );

describe("B2: a grant", () => {
  test("is taken from whom it was made for", async () => {
    expect(await verifyGrant(await signGrant(SECRET, GRANT), CALLER, secretOf, NOW)).toEqual(GRANT);
  });

  const signed = (change: Partial<Grant>, secret = SECRET) => signGrant(secret, { ...GRANT, ...change });
  const unsigned = [{ alg: "none" }, { iss: "records", sub: "cora" }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  test.each<[string, () => Promise<string>, string]>([
    ["another person's", () => signed({ subject: "dana" }), "GRANT_NOT_YOURS"],
    ["a namesake's at another agency", () => signed({ agency: "probation" }), "GRANT_NOT_YOURS"],
    ["his own in another role", () => signed({ role: "detective" }), "GRANT_NOT_YOURS"],
    ["that has expired", () => signed({ expiresAt: NOW }), "GRANT_EXPIRED"],
    ["forged with another agency's secret", () => signed({}, OTHER), "GRANT_SIGNATURE"],
    ["of an agency that nobody knows", () => signed({ heldBy: "nobody" }), "GRANT_MALFORMED"],
    [
      "of an agency called as every object has it",
      () => signed({ heldBy: "constructor" }),
      "GRANT_SIGNATURE",
    ],
    ["that is none", async () => "nonsense", "GRANT_MALFORMED"],
    ["without a signature", async () => `${unsigned}.`, "GRANT_MALFORMED"],
    ["without bound", async () => `${await signed({})}${"A".repeat(5_000)}`, "GRANT_MALFORMED"],
    [
      "that is another JWS of the same secret",
      () =>
        new SignJWT({ agency: "police", role: "coordinator", element: "narrative" })
          .setProtectedHeader({ alg: "HS256" })
          .setJti(GRANT.id)
          .setIssuer("records")
          .setSubject("cora")
          .setExpirationTime(Math.floor(GRANT.expiresAt.getTime() / 1000))
          .sign(new TextEncoder().encode(SECRET)),
      "GRANT_MALFORMED",
    ],
    [
      "without an end",
      () =>
        new SignJWT({ agency: "police", role: "coordinator", element: "narrative" })
          .setProtectedHeader({ alg: "HS256" })
          .setJti(GRANT.id)
          .setIssuer("records")
          .setSubject("cora")
          .setAudience("ipvi-break-glass")
          .sign(new TextEncoder().encode(SECRET)),
      "GRANT_MALFORMED",
    ],
  ])("%s is refused", async (_title, grant, reason) => {
    const secrets = (heldBy: string) => (heldBy === "constructor" ? OTHER : secretOf(heldBy));
    expect(await reasonOf(verifyGrant(await grant(), CALLER, secrets, NOW))).toBe(reason);
  });

  test("that was altered is refused", async () => {
    const [head, , mac] = (await signed({})).split(".");
    const [, body] = (await signed({ element: "intelligence" })).split(".");
    expect(await reasonOf(verifyGrant(`${head}.${body}.${mac}`, CALLER, secretOf, NOW))).toBe(
      "GRANT_SIGNATURE",
    );
  });
});

describe("B2: the agency that holds the element", () => {
  const row = { ...GRANT, reason: "he is at the door" };
  const agency = (more: Partial<GlassOfAgency> = {}): GlassOfAgency => ({
    heldBy: "records",
    openedScopes: (element) => (element === "narrative" ? ["narrative:F"] : []),
    find: async () => row,
    now: () => NOW,
    ...more,
  });
  const opened = async (change: Partial<Grant>, more: Partial<GlassOfAgency> = {}) =>
    brokenGlassOf(await signGrant(SECRET, { ...GRANT, ...change }), CALLER, SECRET, agency(more));

  test("opens what its row says was opened", async () => {
    expect(await opened({})).toEqual({
      grantId: GRANT.id,
      element: "narrative",
      reason: "he is at the door",
      scopes: ["narrative:F"],
    });
  });

  test.each<[string, Partial<Grant>, Partial<GlassOfAgency>, string]>([
    ["what the role may not open", { element: "client" }, {}, "GRANT_OPENS_NOTHING"],
    ["what no row says", {}, { find: async () => null }, "GRANT_UNKNOWN"],
    [
      "what a row says of another element",
      {},
      { find: async () => ({ ...row, element: "tier" }) },
      "GRANT_UNKNOWN",
    ],
    [
      "what a row says of another person",
      {},
      { find: async () => ({ ...row, subject: "dana" }) },
      "GRANT_UNKNOWN",
    ],
    [
      "what a row says of another agency",
      {},
      { find: async () => ({ ...row, agency: "else" }) },
      "GRANT_UNKNOWN",
    ],
    [
      "what a row says of another role",
      {},
      { find: async () => ({ ...row, role: "else" }) },
      "GRANT_UNKNOWN",
    ],
    ["what a row says is over", {}, { find: async () => ({ ...row, expiresAt: NOW }) }, "GRANT_EXPIRED"],
  ])("does not open %s", async (_title, change, more, reason) => {
    expect(await reasonOf(opened(change, more))).toBe(reason);
  });

  test("opens nothing for another agency's grant, which it cannot verify, and without one", async () => {
    expect(await opened({ heldBy: "services" })).toBeNull();
    expect(await brokenGlassOf(undefined, CALLER, SECRET, agency())).toBeNull();
    expect(await brokenGlassOf(await signGrant(SECRET, GRANT), CALLER, SECRET, undefined)).toBeNull();
  });
});
