import { formFaults, termFaults, termOf, type ReleaseTerms, type ToldRelease } from "./told-release";

const now = new Date("2026-03-01T12:00:00Z");
const after = (ms: number) => new Date(now.getTime() + ms);
const DAY = 86_400_000;
const terms: ReleaseTerms = {
  defaultDays: 30,
  longestDays: 90,
  recipients: new Set(["county-prosecutor"]),
};
const told: ToldRelease = {
  caseId: "case-1",
  recipientAgency: "county-prosecutor",
  recipientSubject: null,
  recipientName: "County Prosecutor, Domestic Violence Unit",
  elements: ["client"],
  purpose: "Hearing of an order of protection.",
  startsAt: null,
  expiresAt: null,
  language: "es",
  explainedBy: "Ann Advocate",
  signedCopy: "Cabinet 2, folder 17",
};

describe("a release as it is told", () => {
  test("AV15: fits", () => {
    expect(formFaults(told, terms)).toEqual([]);
    expect(formFaults({ ...told, recipientSubject: "prosecutor-1", language: "zh-Hant-TW" }, terms)).toEqual(
      [],
    );
    expect(
      formFaults({ ...told, purpose: "x".repeat(1_000), recipientName: "x".repeat(200) }, terms),
    ).toEqual([]);
  });

  test.each<[string, string, Partial<ToldRelease>]>([
    ["RECIPIENT_UNKNOWN", "recipientAgency", { recipientAgency: "county-prosecutors" }],
    ["RECIPIENT_UNKNOWN", "recipientAgency", { recipientAgency: "harbor-house" }],
    ["ELEMENTS_MISSING", "elements", { elements: [] }],
    ["TEXT_MISSING", "purpose", { purpose: " \n" }],
    ["TEXT_MISSING", "recipientSubject", { recipientSubject: "" }],
    ["TEXT_TOO_LONG", "purpose", { purpose: "x".repeat(1_001) }],
    ["TEXT_TOO_LONG", "signedCopy", { signedCopy: "x".repeat(201) }],
    ["TEXT_HAS_CONTROL_CHARACTERS", "recipientName", { recipientName: "a\u001b[2Jb" }],
    ["TEXT_HAS_CONTROL_CHARACTERS", "explainedBy", { explainedBy: "a\u0000b" }],
    ["LANGUAGE_NOT_VALID", "language", { language: "" }],
    ["LANGUAGE_NOT_VALID", "language", { language: "Spanish (Mexico)" }],
    ["LANGUAGE_NOT_VALID", "language", { language: `es${"-abcdefg".repeat(5)}` }],
  ])("AV15: %s at %s", (code, field, difference) => {
    expect(formFaults({ ...told, ...difference }, terms)).toEqual([{ code, field }]);
  });

  test("AV15: every fault is told at once", () => {
    const faults = formFaults(
      { ...told, recipientAgency: "", elements: [], purpose: "", language: "?" },
      terms,
    );
    expect(faults.map(({ code }) => code)).toEqual([
      "RECIPIENT_UNKNOWN",
      "ELEMENTS_MISSING",
      "TEXT_MISSING",
      "LANGUAGE_NOT_VALID",
    ]);
  });
});

describe("the term of a release", () => {
  test("AV15: lasts from now on for the site's usual time when nobody says", () => {
    expect(termOf(told, terms, now)).toEqual({ startsAt: now, expiresAt: after(30 * DAY) });
    const start = after(DAY);
    expect(termOf({ ...told, startsAt: start }, terms, now)).toEqual({
      startsAt: start,
      expiresAt: after(31 * DAY),
    });
    expect(termFaults(termOf(told, terms, now), terms, now)).toEqual([]);
  });

  test.each<[string, Date, Date, string[]]>([
    ["a minute ago is another machine's clock", after(-60_000), after(DAY), []],
    ["more than a minute ago is past", after(-60_001), after(DAY), ["STARTS_IN_THE_PAST"]],
    ["the longest term", now, after(90 * DAY), []],
    ["a moment longer", now, after(90 * DAY + 1), ["LASTS_TOO_LONG"]],
    ["short, but late", after(89 * DAY), after(91 * DAY), ["LASTS_TOO_LONG"]],
    ["over as it starts", after(DAY), after(DAY), ["ENDS_BEFORE_IT_STARTS"]],
    ["over now", after(-1_000), now, ["ENDS_BEFORE_IT_STARTS"]],
  ])("AV15: %s", (_what, startsAt, expiresAt, codes) => {
    expect(termFaults({ startsAt, expiresAt }, terms, now).map(({ code }) => code)).toEqual(codes);
  });
});
