import { randomUUID } from "node:crypto";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import pino from "pino";
import { CallerRefused } from "../caller/caller";
import type { Door } from "../http/graphql-door";
import { SIGNATURE_HEADER } from "../hub-signature/message";
import { createHubSigner } from "../hub-signature/sign";
import { TEST_HUB_SECRET, postSigned } from "../hub-signature/signed-fetch.fixture";
import { serveSubgraph } from "./serve-subgraph";

const typeDefs = parse("type Query { ok: Boolean }");
const QUERY = { query: "{ ok }" };
const KNOWN = { authorization: "Bearer known", "x-ipvi-purpose": "case-work" };

describe("the door of a subgraph", () => {
  let door: Door;
  let looked = 0;

  beforeAll(async () => {
    door = await serveSubgraph({
      subgraph: {
        typeDefs,
        sdl: "",
        schema: buildSubgraphSchema({ typeDefs, resolvers: { Query: { ok: () => true } } }),
      },
      policy: { "Query.ok": "authenticated" },
      verifyToken: async (authorization) => {
        looked += 1;
        if (authorization !== KNOWN.authorization) throw new CallerRefused("TOKEN_MISSING");
        return {
          subject: "ann",
          agency: "police",
          roles: ["detective"],
          expiresAt: new Date(8e12),
          token: "known",
        };
      },
      hubSecret: TEST_HUB_SECRET,
      recordAccess: () => Promise.reject(new Error("Nothing here is protected.")),
      contextOf: (_caller, stated) => ({ scopes: new Set<string>(), ...stated }),
      personalCallers: async () => new Set<string>(),
      port: 0,
      host: "127.0.0.1",
      ready: async () => true,
      log: pino({ level: "silent" }),
    });
  });
  afterAll(() => door.close());
  beforeEach(() => {
    looked = 0;
  });

  const signature = (body: string, secret = TEST_HUB_SECRET, now?: () => number) =>
    createHubSigner(secret, now)({ method: "POST", target: "/graphql", headers: KNOWN }, body);
  const post = (body: string, headers: Record<string, string>) =>
    fetch(door.url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
  async function answerOf(response: Response): Promise<unknown> {
    const { data, errors } = (await response.json()) as {
      data?: unknown;
      errors?: { extensions: { code: string } }[];
    };
    return [response.status, data ?? errors?.map((error) => error.extensions.code)];
  }
  const TEXT = JSON.stringify(QUERY);

  test("answers what the hub signed, with the user's token", async () => {
    expect(await answerOf(await postSigned(door.url, QUERY, { headers: KNOWN }))).toEqual([
      200,
      { ok: true },
    ]);
    expect(await answerOf(await postSigned(door.url, QUERY))).toEqual([401, ["UNAUTHENTICATED"]]);
  });

  test.each([
    ["", "PURPOSE_REQUIRED"],
    ["curiosity", "PURPOSE_UNKNOWN"],
    ["case-work, audit", "PURPOSE_UNKNOWN"],
  ])("U1: what the hub signed without a purpose is refused: '%s'", async (purpose, code) => {
    const headers = { ...KNOWN, "x-ipvi-purpose": purpose };
    expect(await answerOf(await postSigned(door.url, QUERY, { headers }))).toEqual([400, [code]]);
  });

  test.each<[string, () => Promise<Response>, string]>([
    ["unsigned", () => post(TEXT, KNOWN), "HUB_SIGNATURE_MISSING"],
    ["unsigned and no JSON", () => post("{", KNOWN), "HUB_SIGNATURE_MISSING"],
    [
      "unsigned, by GET",
      () => fetch(`${door.url}?query={ok}`, { headers: { ...KNOWN, "apollo-require-preflight": "1" } }),
      "HUB_SIGNATURE_MISSING",
    ],
    [
      "with another body",
      () => post(`${TEXT} `, { ...KNOWN, [SIGNATURE_HEADER]: signature(TEXT) }),
      "HUB_SIGNATURE_WRONG",
    ],
    [
      "with another's token",
      () => post(TEXT, { authorization: "Bearer stolen", [SIGNATURE_HEADER]: signature(TEXT) }),
      "HUB_SIGNATURE_WRONG",
    ],
    [
      "signed with another agency's secret",
      () => postSigned(door.url, QUERY, { headers: KNOWN, secret: randomUUID() }),
      "HUB_SIGNATURE_WRONG",
    ],
    [
      "signed a minute ago",
      () =>
        post(TEXT, {
          ...KNOWN,
          [SIGNATURE_HEADER]: signature(TEXT, TEST_HUB_SECRET, () => Date.now() - 60_000),
        }),
      "HUB_SIGNATURE_STALE",
    ],
  ])("H1: a request %s is refused, and the token not looked at", async (_title, ask, code) => {
    expect([await answerOf(await ask()), looked]).toEqual([[401, [code]], 0]);
  });

  test("H1: the refusal is the same to the byte, whatever the token", async () => {
    const texts = await Promise.all(
      [KNOWN, { authorization: "Bearer nonsense" }, {}].map(async (headers) =>
        (await post(TEXT, headers as Record<string, string>)).text(),
      ),
    );
    expect(new Set(texts).size).toBe(1);
  });

  test("H2: a request that was answered once is not answered again", async () => {
    const headers = { ...KNOWN, [SIGNATURE_HEADER]: signature(TEXT) };
    expect(await answerOf(await post(TEXT, headers))).toEqual([200, { ok: true }]);
    expect(await answerOf(await post(TEXT, headers))).toEqual([401, ["HUB_SIGNATURE_REPLAYED"]]);
  });

  test("health needs no signature, and says nothing else", async () => {
    const response = await fetch(new URL("/health/ready", door.url));
    expect([response.status, await response.json()]).toEqual([200, { status: "ready" }]);
  });
});
