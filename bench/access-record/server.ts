import "reflect-metadata";
import type { JSONWebKeySet } from "jose";
import pino from "pino";
import { openAccessRecord } from "../../platform/access-record/recorder";
import { createTokenVerifier } from "../../platform/caller/verify-token";
import type { PolicyTable } from "../../platform/policy/policy-table";
import { SMALLEST_SHOWN } from "../../platform/policy/suppression";
import { serveSubgraph } from "../../platform/subgraph/serve-subgraph";
import { buildSubgraph } from "../../platform/subgraph/subgraph-schema";
import { grantedTo } from "../../policy/granted";
import type { ServicesContext } from "../../subgraphs/services/graphql/context";
import { servicesDefinition } from "../../subgraphs/services/graphql/definition";
import { createPersonHandles } from "../../subgraphs/services/policy/person-handle";
import { createRowAccess } from "../../subgraphs/services/policy/row-access";
import { openServicesDatabase } from "../../subgraphs/services/store/database";

/** What the measurement tells the server first. */
export interface Serve {
  readonly databaseUrl: string;
  readonly keys: JSONWebKeySet;
  readonly hubSecret: string;
  readonly recorded: boolean;
}

/** Milliseconds of this process since it began, user and system. */
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * The services subgraph over their database. Nothing that ships can leave the record out, so it is left out here: by a
 * policy in which nothing is protected any more, under which the plugin looks at no object and writes nothing. The second
 * wall still checks every document against it, and row access is what it is.
 */
async function serve({ databaseUrl, keys, hubSecret, recorded }: Serve): Promise<string> {
  const definition = servicesDefinition();
  const subgraph = await buildSubgraph(definition);
  const open = Object.keys(definition.policy).map((coordinate) => [coordinate, "authenticated"] as const);
  const policy: PolicyTable = recorded ? definition.policy : Object.fromEntries(open);
  const database = await openServicesDatabase(databaseUrl, { poolSize: 8 });
  const now = () => new Date();
  const record = recorded ? await openAccessRecord({ url: databaseUrl, now }) : undefined;
  const issuer = {
    issuer: "https://id.metro-police.example",
    agency: "metro-police",
    roles: ["coordinator"],
    keys,
  };
  const door = await serveSubgraph<ServicesContext>({
    subgraph,
    policy,
    verifyToken: createTokenVerifier([issuer]),
    hubSecret,
    contextOf: ({ subject, agency, roles }, { purpose, breakGlass }) => {
      const reader = { subject, agency, roles };
      const rows = createRowAccess(reader, database, now, createPersonHandles(hubSecret));
      return {
        reader,
        purpose,
        breakGlass,
        scopes: grantedTo(roles),
        rows,
        feedStatus: () => Promise.reject(new Error("This server has no feed.")),
        smallestShown: SMALLEST_SHOWN,
        now,
      };
    },
    personalCallers: async () => new Set(),
    recordAccess: async (access) => record?.record(access),
    port: 0,
    host: "127.0.0.1",
    ready: async () => true,
    log: pino({ level: "silent" }),
  });
  return door.url;
}

process.on("message", (told: Serve | "cpu") => {
  if (told === "cpu") process.send?.(cpu());
  else
    void serve(told).then(
      (url) => process.send?.(url),
      (error: Error) => {
        console.error(error.message);
        process.exit(1);
      },
    );
});
