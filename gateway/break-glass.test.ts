import { randomUUID } from "node:crypto";
import { signGrant, type Grant } from "../platform/break-glass/grant";
import type { Caller } from "../platform/caller/caller";
import { createOpened, type BreakGlassTable } from "./break-glass";

const NOW = new Date("2026-03-01T12:00:00Z");
const SECRETS = {
  records: "the-secret-of-the-hub-and-one-agency",
  services: "the-secret-of-the-hub-and-another-agency",
};
const TABLE: BreakGlassTable = {
  coordinator: {
    narrative: { heldBy: "records", scopes: ["narrative:F"] },
    attendance: { heldBy: "services", scopes: ["attendance:F"] },
  },
};
const CALLER: Caller = {
  subject: "cora",
  agency: "police",
  roles: ["coordinator"],
  expiresAt: new Date(NOW.getTime() + 3_600_000),
  token: "token",
};
const HELD = { key: "coordinator", scopes: new Set(["tier:F"]) };

async function open(change: Partial<Grant> = {}, secret = SECRETS.records) {
  const grant = await signGrant(secret, {
    id: randomUUID(),
    heldBy: "records",
    subject: "cora",
    agency: "police",
    role: "coordinator",
    element: "narrative",
    expiresAt: new Date(NOW.getTime() + 60_000),
    ...change,
  });
  return createOpened(TABLE, SECRETS, () => NOW)(grant, CALLER, HELD);
}

describe("a grant at the gateway", () => {
  test("B4: adds what it opens, under a key of its own; what the role holds stays as it is", async () => {
    const { scopes: narrative, until } = await open();
    expect(until).toEqual(new Date(NOW.getTime() + 60_000));
    const { scopes: attendance } = await open(
      { element: "attendance", heldBy: "services" },
      SECRETS.services,
    );
    expect([...narrative.scopes]).toEqual(["tier:F", "narrative:F"]);
    expect([...attendance.scopes]).toEqual(["tier:F", "attendance:F"]);
    expect(new Set([HELD.key, narrative.key, attendance.key]).size).toBe(3);
    expect([...HELD.scopes]).toEqual(["tier:F"]);
  });

  test.each<[string, Partial<Grant>, string, string]>([
    ["an element that the role may not open", { element: "client" }, SECRETS.records, "GRANT_OPENS_NOTHING"],
    ["one that another agency holds", { element: "attendance" }, SECRETS.records, "GRANT_OPENS_NOTHING"],
    [
      "an element named as every object has it",
      { element: "constructor" },
      SECRETS.records,
      "GRANT_OPENS_NOTHING",
    ],
    ["a forged one", {}, SECRETS.services, "GRANT_SIGNATURE"],
    ["an agency named as every object has it", { heldBy: "constructor" }, SECRETS.records, "GRANT_MALFORMED"],
    ["one that has expired", { expiresAt: NOW }, SECRETS.records, "GRANT_EXPIRED"],
    ["somebody else's", { subject: "dana" }, SECRETS.records, "GRANT_NOT_YOURS"],
  ])("B2: %s is refused", async (_title, change, secret, reason) => {
    await expect(open(change, secret)).rejects.toMatchObject({
      extensions: { code: "BREAK_GLASS_REFUSED", reason },
    });
  });
});
