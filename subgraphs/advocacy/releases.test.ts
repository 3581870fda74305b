import { randomUUID } from "node:crypto";
import {
  START,
  HARBOR,
  PASSAGE,
  PROSECUTOR,
  harbor,
  passage,
  door,
  client,
  noClient,
  sql,
  later,
  paper,
  record,
  revoke,
  open,
  openAgencies,
  standAt,
} from "./releases.fixture";

openAgencies();

describe("recordRelease", () => {
  test("AV14: records what was signed, by the person of the token, from now on for the usual term", async () => {
    const { release, problem } = await record(paper({ elements: ["OUTREACH_ADVOCACY", "CLIENT"] }));
    expect(problem).toBeNull();
    expect(release).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      recipientAgency: "county-prosecutor",
      recipientSubject: null,
      recipientName: "Pat Prosecutor, County Prosecutor",
      elements: ["CLIENT", "OUTREACH_ADVOCACY"],
      purpose: "Hearing of an order of protection.",
      startsAt: START.toISOString(),
      expiresAt: later(30).toISOString(),
      revokedAt: null,
      revokedBy: null,
      language: "es",
      explainedBy: "Ann Advocate",
      signedCopy: "Cabinet 2, folder 17",
      recordedAt: START.toISOString(),
      recordedBy: "advocate-1",
    });
  });

  test("AV14: under its key it is one release, also a day later and told by two at once", async () => {
    const input = paper({ startsAt: START.toISOString() });
    const told = await Promise.all([record(input), record(input)]);
    standAt(later(1));
    const again = await record({ ...input, caseId: client.toUpperCase() });
    expect(told[0].problem).toBeNull();
    expect(told[1]).toEqual(told[0]);
    expect(again).toEqual(told[0]);
    expect(await sql(harbor, "SELECT FROM release WHERE case_id = $1", [client])).toHaveLength(1);
  });

  test.each([
    ["other elements", { elements: ["CLIENT"] }],
    ["another term", { expiresAt: later(7).toISOString() }],
    ["another recipient", { recipientSubject: "prosecutor-1" }],
    ["another purpose", { purpose: "Something else." }],
  ])("AV14: with %s under the same key it is refused, and nothing changes", async (_what, difference) => {
    const input = paper();
    await record(input);
    const other = await record({ ...input, ...difference });
    expect(other).toEqual({
      release: null,
      problem: "KEY_USED_OTHERWISE",
      field: "key",
    });
    expect(await sql(harbor, "SELECT elements FROM release WHERE case_id = $1", [client])).toEqual([
      { elements: ["outreach-advocacy"] },
    ]);
  });

  test("AV4: another agency's client, a stranger and an id that is none are answered alike", async () => {
    const answers = [];
    for (const caseId of [client, randomUUID(), "no-uuid"]) {
      door.statements();
      const answer = await record(paper({ caseId }), PASSAGE);
      answers.push(answer);
    }
    for (const answer of answers) {
      expect(answer).toEqual({ release: null, problem: "NOT_FOUND", field: "caseId" });
    }
    expect(await sql(passage, "SELECT FROM release")).toEqual([]);
  });

  test("AV15: only a client can give leave", async () => {
    expect(await record(paper({ caseId: noClient }))).toEqual({
      release: null,
      problem: "NO_CLIENT",
      field: "caseId",
    });
  });

  test.each([
    ["KEY_IS_NO_UUID", { key: "short" }],
    ["RECIPIENT_UNKNOWN", { recipientAgency: "safe-passage" }],
    ["ELEMENTS_MISSING", { elements: [] }],
    ["ELEMENT_TWICE", { elements: ["CLIENT", "CLIENT"] }],
    ["TEXT_MISSING", { signedCopy: "" }],
    ["TEXT_TOO_LONG", { purpose: "x".repeat(1_001) }],
    ["TEXT_HAS_CONTROL_CHARACTERS", { recipientName: "a\u0000b" }],
    ["LANGUAGE_NOT_VALID", { language: "Klingon!" }],
    ["STARTS_IN_THE_PAST", { startsAt: later(-1).toISOString() }],
    ["ENDS_BEFORE_IT_STARTS", { expiresAt: START.toISOString() }],
    ["LASTS_TOO_LONG", { expiresAt: later(91).toISOString() }],
  ])("AV15: %s is a problem, and nothing is recorded", async (code, difference) => {
    const { release, problem } = await record(paper(difference));
    expect([release, problem]).toEqual([null, code]);
    expect(await sql(harbor, "SELECT FROM release WHERE case_id = $1", [client])).toEqual([]);
  });
});

describe("revokeRelease", () => {
  test("AV16: is for good, and the same key twice is one revocation", async () => {
    const { release } = await record(paper());
    standAt(later(1));
    const key = randomUUID();
    const first = await revoke(release!["id"], HARBOR, key);
    expect(first).toEqual({
      release: { id: release!["id"], revokedAt: later(1).toISOString(), revokedBy: "advocate-1" },
      problem: null,
      field: null,
    });
    standAt(later(2));
    expect(await revoke(release!["id"], HARBOR, key)).toEqual(first);
    expect(await revoke(release!["id"])).toMatchObject({ problem: "ALREADY_REVOKED", field: "releaseId" });
    const other = await record(paper());
    expect(await revoke(other.release!["id"], HARBOR, key)).toMatchObject({
      problem: "KEY_USED_OTHERWISE",
      field: "key",
    });
  });

  test("AV16: of two at once one revokes", async () => {
    const { release } = await record(paper());
    const colleague = { ...HARBOR, subject: "advocate-2" };
    const answers = await Promise.all([revoke(release!["id"]), revoke(release!["id"], colleague)]);
    expect(answers.map(({ problem }) => problem ?? "DONE").sort()).toEqual(["ALREADY_REVOKED", "DONE"]);
  });

  test("AV16: any advocate of the agency can take it down", async () => {
    const { release } = await record(paper());
    const { problem } = await revoke(release!["id"], { ...HARBOR, subject: "advocate-9" });
    expect(problem).toBeNull();
  });

  test("AV4: another agency's release, one that is not there and an id that is none are answered alike", async () => {
    const { release } = await record(paper());
    for (const id of [release!["id"], randomUUID(), "no-uuid"]) {
      expect(await revoke(id, PASSAGE)).toEqual({
        release: null,
        problem: "NOT_FOUND",
        field: "releaseId",
      });
    }
    expect(await open(PROSECUTOR)).toEqual(["outreach"]);
  });

  test("AV16: what was signed and what was revoked is never altered or deleted", async () => {
    const { release } = await record(paper());
    await revoke(release!["id"]);
    for (const statement of [
      "UPDATE release SET expires_at = expires_at + interval '1 day' WHERE id = $1",
      "DELETE FROM release_revocation WHERE release_id = $1",
      "UPDATE release_revocation SET revoked_at = now() WHERE release_id = $1",
      "DELETE FROM release WHERE id = $1",
    ]) {
      await expect(sql(harbor, statement, [release!["id"]])).rejects.toThrow("append-only");
    }
  });
});
