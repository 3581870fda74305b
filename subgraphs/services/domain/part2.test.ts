import { REDISCLOSURE_NOTICE, decideConsent, disclosure, isLive, noticeOf } from "./part2";

const at = new Date("2026-03-01T12:00:00Z");
const live = {
  recipientAgency: "metro-police",
  givenAt: new Date("2026-02-01Z"),
  expiresAt: new Date("2026-04-01Z"),
  revokedAt: null,
};
const record = {
  providerAgency: "open-door",
  referredByAgency: "metro-police",
  state: "accepted",
  answeredAt: new Date("2026-02-02Z"),
  part2: true,
  part2Consents: [live],
} as const;
const later = (ms: number) => new Date(at.getTime() + ms);

describe("a consent", () => {
  test.each([
    ["given just now is live", { ...live, givenAt: at }, true],
    ["given in a moment is not", { ...live, givenAt: later(1) }, false],
    ["that expires in a moment is live", { ...live, expiresAt: later(1) }, true],
    ["that expires just now is not", { ...live, expiresAt: at }, false],
    ["revoked in a moment is live", { ...live, revokedAt: later(1) }, true],
    ["revoked just now is not", { ...live, revokedAt: at }, false],
  ])("SV3: %s", (_what, consent, expected) => {
    expect(isLive(consent, at)).toBe(expected);
  });
});

describe("the disclosure of a record", () => {
  test("SV3: is free within the provider's own agency, and of what is no Part 2 record", () => {
    expect(disclosure({ ...record, part2Consents: [] }, "open-door", at)).toBe("free");
    expect(disclosure({ ...record, part2: false, part2Consents: [] }, "metro-police", at)).toBe("free");
  });

  test("SV3: outside it needs a live consent, one of several is enough, and the notice goes with it", () => {
    const expired = { ...live, expiresAt: at };
    expect(disclosure({ ...record, part2Consents: [] }, "metro-police", at)).toBe("withheld");
    expect(disclosure({ ...record, part2Consents: [expired] }, "metro-police", at)).toBe("withheld");
    expect(disclosure({ ...record, part2Consents: [expired, live] }, "metro-police", at)).toBe("with-notice");
  });

  test("SV3: a consent opens the record to the agency it names and to no other", () => {
    expect(disclosure(record, "county-prosecutor", at)).toBe("withheld");
    const his = { ...live, recipientAgency: "county-prosecutor", expiresAt: at };
    expect(disclosure({ ...record, part2Consents: [live, his] }, "county-prosecutor", at)).toBe("withheld");
    expect(disclosure({ ...record, part2Consents: [live, his] }, "metro-police", at)).toBe("with-notice");
  });

  test.each<[string, object, string]>([
    ["the agency that proposed it sees it until the programme answers", {}, "free"],
    ["also when he did not agree", { state: "refused" }, "free"],
    ["or it was closed unanswered", { state: "closed" }, "free"],
    ["not once he was taken", { state: "accepted" }, "withheld"],
    ["nor when he was not", { state: "declined" }, "withheld"],
    ["nor when it was closed after that", { state: "closed", answeredAt: at }, "withheld"],
    ["another agency never", { referredByAgency: "county-prosecutor" }, "withheld"],
    ["nor one, when nobody wrote down which", { referredByAgency: null }, "withheld"],
  ])("SV31: a proposal of treatment: %s", (_what, more, expected) => {
    const proposed = { ...record, state: "referred", answeredAt: null, part2Consents: [] } as const;
    expect(disclosure({ ...proposed, ...more }, "metro-police", at)).toBe(expected);
  });

  test("SV3: the notice goes with nothing else", () => {
    expect(noticeOf("with-notice")).toBe(REDISCLOSURE_NOTICE);
    expect(noticeOf("free")).toBeNull();
    expect(noticeOf("withheld")).toBeNull();
  });
});

describe("SV31: a consent is recorded", () => {
  const told = { recipientAgency: "metro-police", givenAt: at, expiresAt: later(1) };
  test.each<[string, object, object, string]>([
    ["for a Part 2 record only", {}, { part2: false }, "NO_PART2_RECORD"],
    ["for an agency", { recipientAgency: "Everyone, please" }, {}, "NO_AGENCY"],
    ["other than the programme", { recipientAgency: "open-door" }, {}, "NO_AGENCY"],
    ["once it was given", { givenAt: later(3_600_000), expiresAt: later(7_200_000) }, {}, "IN_THE_FUTURE"],
    ["when it ends after it begins", { expiresAt: at }, {}, "ENDS_BEFORE_IT_BEGINS"],
    ["while it is not over", { givenAt: later(-2), expiresAt: at }, {}, "ALREADY_EXPIRED"],
  ])("%s", (_what, more, of, code) => {
    expect(decideConsent({ ...told, ...more }, { ...record, ...of }, at)).toEqual({
      ok: false,
      refusal: { code },
    });
    expect(decideConsent(told, record, at).ok).toBe(true);
  });
});
