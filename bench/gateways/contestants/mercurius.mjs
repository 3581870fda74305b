// The Mercurius gateway on Fastify, with its just-in-time compiler on. It composes the schemas itself, out of what the
// subgraphs say of themselves in the words of the first federation.
import mercuriusGateway from "@mercuriusjs/gateway";
import Fastify from "fastify";
import { announce, given } from "./announce.mjs";

const app = Fastify();
await app.register(mercuriusGateway, {
  jit: 1,
  gateway: { services: Object.entries(given.addresses).map(([name, url]) => ({ name, url })) },
});
await app.listen({ port: 0, host: "127.0.0.1" });
announce(`http://127.0.0.1:${app.server.address().port}/graphql`);
