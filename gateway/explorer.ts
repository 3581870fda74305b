/** Who may be tried in the API explorer, and what is sent for each. Development only: it hands out tokens. */
export interface ExplorerVisitors {
  readonly roles: readonly string[];
  /** The headers of a request in a role: a development token and a purpose. */
  readonly headersOf: (role: string) => Promise<Readonly<Record<string, string>>>;
  /** Stands in the editor at first. */
  readonly firstQuery: string;
}

/** The page at a path; undefined: there is none. */
export type PageOf = (path: string, search: string) => Promise<string | undefined>;

const PATH = "/explorer";

function listOf(roles: readonly string[]): string {
  const links = roles.map((role) => `<li><a href="${PATH}?as=${role}">${role}</a></li>`).join("\n");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The hub's API explorer</title></head>
<body><h1>Explore the API as</h1><ul>${links}</ul>
<p>Each link carries a development token for a made-up person of that role. Subscriptions work in the same editor.</p></body></html>`;
}

/** GraphiQL for each role, every file of it served from here. The package is a development dependency. */
export function createExplorer({ roles, headersOf, firstQuery }: ExplorerVisitors): PageOf {
  return async (path, search) => {
    if (path !== PATH) return undefined;
    const role = roles.find((one) => one === new URLSearchParams(search).get("as"));
    if (role === undefined) return listOf(roles);
    const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
    return renderGraphiQL({
      title: `The hub as ${role}`,
      endpoint: "/graphql",
      additionalHeaders: { ...(await headersOf(role)) },
      subscriptionsProtocol: "SSE",
      defaultQuery: firstQuery,
      // Another role's token must not come back out of the browser's storage.
      shouldPersistHeaders: false,
    });
  };
}
