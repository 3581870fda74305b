import { serverAudits } from "graphql-http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "graphql";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import pino from "pino";
import { compose } from "../../cli/generate/compose";
import { startGateway } from "../../gateway/main";
import { AUDIENCE, createTokenVerifier } from "../../platform/caller/verify-token";
import { TEST_HUB_SECRET } from "../../platform/hub-signature/signed-fetch.fixture";
import type { Door } from "../../platform/http/graphql-door";

/** The GraphQL over HTTP specification's own audits, on the gateway's door. They ask for `__typename` only. */
describe("GraphQL over HTTP", () => {
  const folder = mkdtempSync(join(tmpdir(), "graphql-over-http-"));
  let door: Door;
  let token: string;
  const fetchAsCaller = (url: string, init: RequestInit = {}) =>
    fetch(url, {
      ...init,
      headers: {
        ...(init.headers as Record<string, string>),
        authorization: `Bearer ${token}`,
        "x-ipvi-purpose": "case-work",
      },
    });

  beforeAll(async () => {
    const supergraphFile = join(folder, "supergraph.graphql");
    const typeDefs = parse(`extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"])
      type Query { nothing: Boolean @authenticated }`);
    const scopesFile = join(folder, "scopes.json");
    writeFileSync(scopesFile, '{"detective":[]}');
    const { publicKey, privateKey } = await generateKeyPair("EdDSA");
    const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: "EdDSA" }] };
    const issuer = { issuer: "https://id.police", agency: "police", roles: ["detective"], keys };
    token = await new SignJWT({ roles: ["detective"] })
      .setProtectedHeader({ alg: "EdDSA" })
      .setIssuer(issuer.issuer)
      .setSubject("ann")
      .setAudience(AUDIENCE)
      .setExpirationTime("1h")
      .sign(privateKey);
    writeFileSync(supergraphFile, compose([{ name: "one", url: "http://127.0.0.1:1/graphql", typeDefs }]));
    door = await startGateway({
      supergraphFile,
      addresses: {},
      access: {
        verifyToken: createTokenVerifier([issuer]),
        scopesFile,
        hubSecrets: { one: TEST_HUB_SECRET },
      },
      port: 0,
      host: "127.0.0.1",
      log: pino({ level: "silent" }),
    });
  });
  afterAll(async () => {
    await door.close();
    rmSync(folder, { recursive: true });
  });

  test("still wants proof of a preflight from whoever brings no token", async () => {
    const response = await fetch(`${door.url}?query={__typename}`);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("CSRF")]);
  });

  test.each(
    serverAudits({ url: () => door.url, fetchFn: fetchAsCaller }).map(
      (audit) => [audit.id, audit.name, audit] as const,
    ),
  )("%s %s", async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result.status === "ok" ? "ok" : `${result.status}: ${result.reason}`).toBe("ok");
  });
});
