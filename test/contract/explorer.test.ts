import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "graphql";
import pino from "pino";
import { compose } from "../../cli/generate/compose";
import { startGateway, type GatewayDoor, type GatewayOptions } from "../../gateway/main";

/** The API explorer, which development alone has. */
describe("the API explorer", () => {
  const folder = mkdtempSync(join(tmpdir(), "explorer-"));
  const supergraphFile = join(folder, "supergraph.graphql");
  beforeAll(() => {
    const typeDefs =
      parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type Query { nothing: Boolean }`);
    writeFileSync(supergraphFile, compose([{ name: "one", url: "http://127.0.0.1:1/graphql", typeDefs }]));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function doorWith(more: Partial<GatewayOptions>): Promise<GatewayDoor> {
    return startGateway({
      supergraphFile,
      addresses: {},
      access: "open",
      port: 0,
      host: "127.0.0.1",
      log: pino({ level: "silent" }),
      ...more,
    });
  }

  async function pageAt(path: string, more: Partial<GatewayOptions>, asked?: RequestInit): Promise<Response> {
    const door = await doorWith(more);
    try {
      const response = await fetch(new URL(path, door.url), asked);
      const body = await response.text();
      return new Response(body, { status: response.status, headers: response.headers });
    } finally {
      await door.close();
    }
  }
  const explorer = {
    roles: ["detective", "advocate"],
    headersOf: async (role: string) => ({ authorization: `Bearer token-of-${role}` }),
    firstQuery: "{ nothing }",
  };

  test("lists the roles", async () => {
    const page = await (await pageAt("/explorer", { explorer })).text();
    expect(page).toContain('href="/explorer?as=detective"');
    expect(page).toContain('href="/explorer?as=advocate"');
    expect(page).not.toContain("token-of");
  });

  test("shows one role's, with its token alone, and loads nothing from elsewhere", async () => {
    const response = await pageAt("/explorer?as=advocate", { explorer });
    const page = await response.text();
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(page).toContain("Bearer token-of-advocate");
    expect(page).not.toContain("token-of-detective");
    expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
  });

  test.each(["nobody", "", "Advocate", "<script>"])(
    "refuses the role %j, and says which there are",
    async (role) => {
      const response = await pageAt(`/explorer?as=${encodeURIComponent(role)}`, { explorer });
      expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
        400,
        "text/plain; charset=utf-8",
        "There is no such role. There are: detective, advocate.\n",
      ]);
    },
  );

  test.each(["evil.example", "evil.example:4000", "localhost.evil.example", "127.0.0.1.evil.example"])(
    "hands nothing out at %s, a name that somebody else has lead here",
    async (host) => {
      const door = await doorWith({ explorer });
      const asked = request(new URL("/explorer?as=detective", door.url), { headers: { host } }).end();
      const [response] = (await once(asked, "response")) as [IncomingMessage];
      const page = Buffer.concat(await response.toArray()).toString();
      await door.close();
      expect([response.statusCode, page]).toEqual([403, expect.not.stringContaining("token-of")]);
    },
  );

  test("is not there unless it is asked for", async () => {
    expect((await pageAt("/explorer", {})).status).toBe(404);
    expect((await pageAt("/explorer?as=nobody", {})).status).toBe(404);
  });

  describe.each([
    ["with an explorer", { explorer }],
    ["without one, as in production", {}],
  ])("the gateway's own address, %s", (_title, more) => {
    test("says what is here, and no version", async () => {
      const response = await pageAt("/", more);
      const text = await response.text();
      expect([response.status, response.headers.get("content-type")]).toEqual([
        200,
        "text/plain; charset=utf-8",
      ]);
      expect(text).toMatch(/POST \/graphql[^]*README\.md/);
      expect(text.includes("/explorer")).toBe("explorer" in more);
      expect(text).not.toMatch(/\d/);
    });

    test("takes what is posted there for an operation", async () => {
      const body = JSON.stringify({ query: "{ __typename }" });
      const headers = { "content-type": "application/json" };
      const response = await pageAt("/", more, { method: "POST", headers, body });
      expect(await response.json()).toEqual({ data: { __typename: "Query" } });
    });
  });
});
