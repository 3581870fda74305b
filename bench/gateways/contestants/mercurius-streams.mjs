// The Mercurius gateway with subscriptions, for bench/fanout.
import mercuriusGateway from "@mercuriusjs/gateway";
import Fastify from "fastify";
import { announce, given } from "../../fanout/announce.mjs";

const app = Fastify();
await app.register(mercuriusGateway, {
  jit: 1,
  subscription: true,
  gateway: {
    services: Object.entries(given.addresses).map(([name, url]) => ({
      name,
      url,
      ...(name === "alerts" ? { wsUrl: url.replace("http", "ws") } : {}),
    })),
  },
});
await app.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 });
announce(`http://127.0.0.1:${app.server.address().port}/graphql`);
