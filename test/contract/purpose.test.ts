import { createServer, type Server } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "graphql";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import pino from "pino";
import { compose } from "../../cli/generate/compose";
import { startGateway } from "../../gateway/main";
import { PURPOSES } from "../../platform/caller/purpose";
import { AUDIENCE, createTokenVerifier } from "../../platform/caller/verify-token";
import type { Door } from "../../platform/http/graphql-door";
import { TEST_HUB_SECRET } from "../../platform/hub-signature/signed-fetch.fixture";

const NOTHING = "{ nothing }";

describe("the purpose of a request, at the gateway", () => {
  const folder = mkdtempSync(join(tmpdir(), "purpose-"));
  const heard: unknown[] = [];
  let subgraph: Server;
  let door: Door;
  let authorization: string;

  beforeAll(async () => {
    subgraph = createServer((request, response) => {
      heard.push(request.headers["x-ipvi-purpose"]);
      request.resume().on("end", () => response.end('{"data":{"nothing":true}}'));
    });
    await new Promise<void>((resolve) => subgraph.listen(0, "127.0.0.1", resolve));
    const typeDefs = parse(`extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"])
      type Query { nothing: Boolean @authenticated }`);
    const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`;
    const files = { supergraph: join(folder, "supergraph.graphql"), scopes: join(folder, "scopes.json") };
    writeFileSync(files.supergraph, compose([{ name: "one", url, typeDefs }]));
    writeFileSync(files.scopes, '{"detective":[]}');
    const { publicKey, privateKey } = await generateKeyPair("EdDSA");
    const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: "EdDSA" }] };
    const issuer = { issuer: "https://id.police", agency: "police", roles: ["detective"], keys };
    const token = await new SignJWT({ roles: ["detective"] })
      .setProtectedHeader({ alg: "EdDSA" })
      .setIssuer(issuer.issuer)
      .setSubject("ann")
      .setAudience(AUDIENCE)
      .setExpirationTime("1h")
      .sign(privateKey);
    authorization = `Bearer ${token}`;
    door = await startGateway({
      supergraphFile: files.supergraph,
      addresses: {},
      access: {
        verifyToken: createTokenVerifier([issuer]),
        scopesFile: files.scopes,
        hubSecrets: { one: TEST_HUB_SECRET },
      },
      port: 0,
      host: "127.0.0.1",
      log: pino({ level: "silent" }),
    });
  });
  afterAll(async () => {
    await door.close();
    subgraph.closeAllConnections();
    await new Promise((resolve) => subgraph.close(resolve));
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    heard.length = 0;
  });

  type Headers = Record<string, string>;
  const post = (query: string, headers: Headers) =>
    fetch(door.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...headers },
      body: JSON.stringify({ query }),
    });
  const get = (query: string, headers: Headers) =>
    fetch(`${door.url}?query=${encodeURIComponent(query)}`, { headers });
  async function answerOf(response: Response): Promise<unknown> {
    const { errors } = (await response.json()) as {
      errors?: { message: string; extensions: { code: string } }[];
    };
    return [response.status, errors?.[0]?.extensions.code];
  }

  test.each(PURPOSES)(
    "U2: %s goes on to the subgraph, with an operation it has planned before",
    async (purpose) => {
      await post(NOTHING, { authorization, "x-ipvi-purpose": "case-work" });
      expect(await answerOf(await post(NOTHING, { authorization, "x-ipvi-purpose": purpose }))).toEqual([
        200,
        undefined,
      ]);
      expect(heard).toEqual(["case-work", purpose]);
    },
  );

  const refused: [string, Headers, string][] = [
    ["none", {}, "PURPOSE_REQUIRED"],
    ["an empty one", { "x-ipvi-purpose": "" }, "PURPOSE_REQUIRED"],
    ["an unknown one", { "x-ipvi-purpose": "curiosity" }, "PURPOSE_UNKNOWN"],
    ["one in capitals", { "x-ipvi-purpose": "Audit" }, "PURPOSE_UNKNOWN"],
    ["two", { "x-ipvi-purpose": "case-work, audit" }, "PURPOSE_UNKNOWN"],
    ["a name that every object has", { "x-ipvi-purpose": "constructor" }, "PURPOSE_UNKNOWN"],
  ];
  test.each(refused)(
    "U1: %s is refused, by POST, by GET and for introspection",
    async (_title, headers, code) => {
      await post(NOTHING, { authorization, "x-ipvi-purpose": "case-work" });
      heard.length = 0;
      for (const answer of [
        await post(NOTHING, { authorization, ...headers }),
        await get(NOTHING, { authorization, ...headers }),
        await post("{ __schema { queryType { name } } }", { authorization, ...headers }),
      ]) {
        expect(await answerOf(answer)).toEqual([400, code]);
      }
      expect(heard).toEqual([]);
    },
  );

  test("U1: the refusal names the list, and not what was sent", async () => {
    const text = await (await post(NOTHING, { authorization, "x-ipvi-purpose": "curiosity" })).text();
    for (const purpose of PURPOSES) expect(text).toContain(purpose);
    expect(text).not.toContain("curiosity");
  });

  test("a caller without a token hears of the token first", async () => {
    expect(await answerOf(await post(NOTHING, {}))).toEqual([401, "UNAUTHENTICATED"]);
  });
});
