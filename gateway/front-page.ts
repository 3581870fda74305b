import { EXPLORER_PATH, type PageOf } from "./explorer";

/** At "/" it says what is here, to whoever opens the gateway's address in a browser; what else there is, the explorer has. */
export function createFrontPage(explorer: PageOf | undefined): PageOf {
  const body = [
    "This is the gateway of the hub.",
    "",
    "POST /graphql     queries, mutations and subscriptions, with a token and a purpose",
    ...(explorer ? [`GET  ${EXPLORER_PATH}    the API in a browser, as any role`] : []),
    "",
    "How to ask it: README.md of the hub.",
    "",
  ].join("\n");
  return async (path, search, host) =>
    path === "/"
      ? { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body }
      : explorer?.(path, search, host);
}
