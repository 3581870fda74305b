// @apollo/gateway behind @apollo/server, as its documentation starts it. It refuses authorization directives, so it gets
// the supergraph without them.
import { readFileSync } from "node:fs";
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { announce, given } from "./announce.mjs";

const gateway = new ApolloGateway({ supergraphSdl: readFileSync(given.supergraph.plain, "utf8") });
const server = new ApolloServer({ gateway });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } });
announce(url);
