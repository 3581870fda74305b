import { readable, type Reader, type RecordAsked, type Release } from "./release";

const at = new Date("2026-03-01T12:00:00Z");
const before = new Date("2026-02-01T00:00:00Z");
const after = new Date("2026-04-01T00:00:00Z");
const detective: Reader = { subject: "det-1", agency: "metro-police", advocate: false };
const advocate: Reader = { subject: "adv-1", agency: "harbor-house", advocate: true };
const asked: RecordAsked = { caseId: "case-1", element: "outreach-advocacy", assignedAgency: "harbor-house" };
const release: Release = {
  caseId: "case-1",
  discloser: "harbor-house",
  recipient: { agency: "metro-police", subject: null },
  elements: ["outreach-advocacy", "client"],
  startsAt: before,
  expiresAt: after,
  revokedAt: null,
};

describe("readable", () => {
  test("AV3: an advocate reads as her own agency, with or without a release", () => {
    expect(readable(advocate, asked, [], at)).toBe("own");
    expect(readable(advocate, { ...asked, assignedAgency: "safe-passage" }, [release], at)).toBe("own");
  });

  test("AV1: without a release the answer is no, whatever is asked", () => {
    expect(readable(detective, asked, [], at)).toBe("refused");
    expect(readable(detective, { ...asked, caseId: "", assignedAgency: null }, [], at)).toBe("refused");
  });

  test("AV5: a live release that names everything opens the record", () => {
    expect(readable(detective, asked, [release], at)).toBe("released");
    const personal = { ...release, recipient: { agency: "metro-police", subject: "det-1" } };
    expect(readable(detective, asked, [personal], at)).toBe("released");
  });

  test.each<[string, Partial<Release>]>([
    ["another case", { caseId: "case-2" }],
    ["another agency that tells", { discloser: "safe-passage" }],
    ["another agency to be told", { recipient: { agency: "county-prosecutor", subject: null } }],
    ["another person to be told", { recipient: { agency: "metro-police", subject: "det-2" } }],
    ["other elements", { elements: ["client", "client-contact", "advocate-risk"] }],
    ["a start to come", { startsAt: new Date(at.getTime() + 1) }],
    ["an expiry just now", { expiresAt: at }],
    ["a revocation just now", { revokedAt: at }],
  ])("AV5: not with %s", (_what, difference) => {
    expect(readable(detective, asked, [{ ...release, ...difference }], at)).toBe("refused");
  });

  test("AV5: a recorded revocation counts at once, though another clock wrote it", () => {
    const ahead = { ...release, revokedAt: after };
    expect(readable(detective, asked, [ahead], at)).toBe("refused");
  });

  test("AV5: of several releases one that names everything is enough, and two never add up", () => {
    const elsewhere = { ...release, caseId: "case-2" };
    const otherElements: Release = { ...release, elements: ["client"] };
    expect(readable(detective, asked, [elsewhere, otherElements], at)).toBe("refused");
    expect(readable(detective, asked, [elsewhere, otherElements, release], at)).toBe("released");
  });

  test.each(["safety-plan", "releases"] as const)("AV5: no release opens %s", (element) => {
    const everything = { ...release, elements: [element] as never };
    expect(readable(detective, { ...asked, element }, [everything], at)).toBe("refused");
  });
});
