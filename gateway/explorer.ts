import type { BesideAnswer } from "../platform/http/graphql-door";

/** Who may be tried in the API explorer, and what is sent for each. Development only: it hands out tokens. */
export interface ExplorerVisitors {
  readonly roles: readonly string[];
  /** The headers of a request in a role: a development token and a purpose. */
  readonly headersOf: (role: string) => Promise<Readonly<Record<string, string>>>;
  /** Stands in the editor at first. */
  readonly firstQuery: string;
}

/** What is answered at a path; undefined: there is nothing. */
export type PageOf = (
  path: string,
  search: string,
  host: string | undefined,
) => Promise<BesideAnswer | undefined>;

export const EXPLORER_PATH = "/explorer";

/** A page elsewhere can have its own name lead here; what it may then read must hold no token. */
const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const NOT_HERE =
  "The explorer hands out tokens: open it as localhost or 127.0.0.1, from elsewhere by a tunnel.\n";

const HTML = { "content-type": "text/html; charset=utf-8" };
const TEXT = { "content-type": "text/plain; charset=utf-8" };

function listOf(roles: readonly string[]): string {
  const links = roles.map((role) => `<li><a href="${EXPLORER_PATH}?as=${role}">${role}</a></li>`).join("\n");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The hub's API explorer</title></head>
<body><h1>Explore the API as</h1><ul>${links}</ul>
<p>Each link carries a development token for a made-up person of that role. Subscriptions work in the same editor.</p></body></html>`;
}

/** GraphiQL for each role, every file of it served from here. The package is a development dependency. */
export function createExplorer({ roles, headersOf, firstQuery }: ExplorerVisitors): PageOf {
  return async (path, search, host) => {
    if (path !== EXPLORER_PATH) return undefined;
    if (!THIS_MACHINE.test(host ?? "")) return { status: 403, headers: TEXT, body: NOT_HERE };
    const asked = new URLSearchParams(search).get("as");
    if (asked === null) return { status: 200, headers: HTML, body: listOf(roles) };
    const role = roles.find((one) => one === asked);
    if (role === undefined) {
      return { status: 400, headers: TEXT, body: `There is no such role. There are: ${roles.join(", ")}.\n` };
    }
    const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
    const body = renderGraphiQL({
      title: `The hub as ${role}`,
      endpoint: "/graphql",
      additionalHeaders: { ...(await headersOf(role)) },
      subscriptionsProtocol: "SSE",
      defaultQuery: firstQuery,
      // Another role's token must not come back out of the browser's storage.
      shouldPersistHeaders: false,
    });
    return { status: 200, headers: HTML, body };
  };
}
