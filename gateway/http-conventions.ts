import type { ApolloServerPlugin } from "@apollo/server";
import type { GatewayContext } from "./gateway";

/**
 * GraphQL over HTTP: a client that accepts `application/json` and not `application/graphql-response+json` is one of before
 * the specification. To it a status of 400 says that no GraphQL server answered, so an operation that does not parse, does
 * not validate or has wrong variables is answered with 200 and its errors.
 */
export const statusForOlderClients: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response, source }) => {
      const accept = request.http?.headers.get("accept") ?? "";
      const isOlder =
        accept.includes("application/json") && !accept.includes("application/graphql-response+json");
      // Without a source there was no operation at all: that stays a bad request.
      if (isOlder && source !== undefined && response.http.status === 400) response.http.status = 200;
    },
  }),
};

/**
 * Apollo Server's prevention of cross-site request forgery wants proof that a browser asked first; the token's own header
 * is such proof, since no page can send it without asking.
 */
export const PREFLIGHTED_HEADERS = ["authorization", "x-apollo-operation-name", "apollo-require-preflight"];
