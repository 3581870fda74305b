import { postSigned } from "../hub-signature/signed-fetch.fixture";
import { event, record } from "../outbox/outbox.fixture";
import { SHARED_HEADER, sharedBy } from "./shared-reading";
import { arrests, codesOf, headers, raiseStage, stage } from "./stream-stage.fixture";

raiseStage();

describe("audiences", () => {
  const watch = (authorization = "Bearer ann") =>
    stage.socket.begin({
      query: "{ __typename }",
      extensions: { ...headers(authorization).extensions, watch: true },
    });
  const audience = async (stream: ReturnType<typeof watch>) => (await stream.next()).extensions.audience;

  test("S9: callers of one role and agency share one; whoever has facts of his own, and whoever gets some, has his", async () => {
    let known = new Set(["police/bob"]);
    stage.personal = async () => known;
    const [ann, amy, bob] = [watch(), watch("Bearer amy"), watch("Bearer bob")];
    const [ofAnn, ofAmy, ofBob] = [await audience(ann), await audience(amy), await audience(bob)];
    expect(ofAnn).toBe(ofAmy);
    expect(ofBob).not.toBe(ofAnn);
    known = new Set(["police/ann"]);
    const [alone, shared] = [await audience(ann), await audience(bob)];
    expect(shared).toBe(ofAmy);
    expect([ofAnn, ofBob]).not.toContain(alone);
  });

  test("S9: while the facts cannot be read everybody is alone", async () => {
    stage.personal = async () => new Set();
    const [cal, cat] = [watch("Bearer cal"), watch("Bearer cat")];
    const together = await audience(cal);
    expect(await audience(cat)).toBe(together);
    stage.personal = () => Promise.reject(new Error("Away."));
    const [ofCal, ofCat] = [await audience(cal), await audience(cat)];
    expect(new Set([ofCal, ofCat, together]).size).toBe(3);
    stage.personal = async () => new Set();
    expect(await audience(cal)).toBe(together);
  });

  describe("S12: what is read for several is told only while its reader sees what they see", () => {
    const shared = (audiences: readonly string[]) => ({
      extensions: {
        headers: { ...headers("Bearer tom").extensions.headers, [SHARED_HEADER]: sharedBy(audiences) },
      },
    });
    const police = JSON.stringify(["detective", "police"]);
    const known = new Set<string>();
    beforeEach(() => {
      known.clear();
      stage.personal = () => Promise.resolve(new Set(known));
    });

    test("an event recorded with the fact that parts them is told to nobody by him, whom nobody has told of it yet", async () => {
      const stream = arrests(undefined, shared([police]));
      await stream.next();
      await record(stage.database, event());
      await stream.event();
      known.add("police/tom");
      await record(stage.database, event());
      expect(codesOf(await stream.end())).toEqual(["AUDIENCE_CHANGED"]);
      // It was read, and that is said.
      expect(stage.accesses.filter(({ reader }) => reader.subject === "tom")).toHaveLength(2);
    });

    test("facts that cannot be read part everybody from everybody", async () => {
      stage.personal = () => Promise.reject(new Error("Away."));
      const stream = arrests(undefined, shared([police]));
      await stream.next();
      await record(stage.database, event());
      expect(codesOf(await stream.end())).toEqual(["AUDIENCE_CHANGED"]);
    });

    test.each([
      ["another role's audience", shared([JSON.stringify(["advocate", "police"])])],
      [
        "no value of the hub's",
        { extensions: { headers: { ...shared([]).extensions.headers, [SHARED_HEADER]: "%" } } },
      ],
    ])("%s is not his", async (_what, asked) => {
      const stream = arrests(undefined, asked);
      await stream.next();
      await record(stage.database, event());
      expect(codesOf(await stream.end())).toEqual(["AUDIENCE_CHANGED"]);
    });

    test("over HTTP too: an answer that is not for them is an error without data", async () => {
      const ask = async (more: Record<string, string>) => {
        const given = { ...headers("Bearer tom").extensions.headers, ...more };
        const response = await postSigned(stage.door.url, { query: "{ ok }" }, { headers: given });
        return { status: response.status, body: (await response.json()) as unknown };
      };
      const told = { status: 200, body: { data: { ok: true } } };
      expect(await ask({})).toEqual(told);
      expect(await ask({ [SHARED_HEADER]: sharedBy([police]) })).toEqual(told);
      known.add("police/tom");
      expect(await ask({ [SHARED_HEADER]: sharedBy([police]) })).toEqual({
        status: 200,
        body: { errors: [expect.objectContaining({ extensions: { code: "AUDIENCE_CHANGED" } })] },
      });
      expect(await ask({})).toEqual(told);
    });
  });

  test("S9: a watch without a token is refused; with one it ends with the token", async () => {
    expect(codesOf(await watch("").end())).toEqual(["UNAUTHENTICATED"]);
    expect(codesOf(await watch("Bearer ann 200").end())).toEqual(["TOKEN_EXPIRED"]);
  });
});
