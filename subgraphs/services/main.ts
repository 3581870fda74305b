import type { Logger } from "pino";
import { grantedTo } from "../../policy/granted";
import { openAccessRecord } from "../../platform/access-record/recorder";
import type { Caller } from "../../platform/caller/caller";
import type { VerifyToken } from "../../platform/caller/verify-token";
import type { Door } from "../../platform/http/graphql-door";
import { SMALLEST_SHOWN } from "../../platform/policy/suppression";
import { openAgencyFeed, type AgencyFeed, type FeedSettings } from "../../platform/outbox/open-feed";
import type { Stated } from "../../platform/subgraph/request-context";
import { serveSubgraph } from "../../platform/subgraph/serve-subgraph";
import { buildSubgraph } from "../../platform/subgraph/subgraph-schema";
import type { DataSource } from "typeorm";
import type { ServicesContext } from "./graphql/context";
import { servicesDefinition } from "./graphql/definition";
import { createPersonHandles, type PersonHandles } from "./policy/person-handle";
import { createRowAccess } from "./policy/row-access";
import { openServicesDatabase } from "./store/database";
import { personalCallers } from "./policy/personal-callers";

export interface ServicesOptions {
  /** The address of the services' database. */
  readonly databaseUrl: string;
  readonly port: number;
  readonly host: string;
  readonly verifyToken: VerifyToken;
  /** Shared with the hub alone: what it has not signed is refused. */
  readonly hubSecret: string;
  /** Counts below this are withheld from figures. */
  readonly smallestShown?: number;
  readonly log: Logger;
  /** How the agency's feed of events is read. */
  readonly feed: FeedSettings;
  readonly poolSize?: number;
  readonly now?: () => Date;
}

/** What requests are answered with. */
interface Served {
  readonly database: DataSource;
  readonly feed: AgencyFeed;
  readonly handles: PersonHandles;
}

function contextFor(
  caller: Caller,
  { purpose, breakGlass }: Stated,
  { database, feed, handles }: Served,
  { now, smallestShown }: { readonly now: () => Date; readonly smallestShown: number },
): ServicesContext {
  const { subject, agency, roles } = caller;
  const reader = { subject, agency, roles };
  return {
    reader,
    purpose,
    breakGlass,
    scopes: grantedTo(roles),
    rows: createRowAccess(reader, database, now, handles),
    feedStatus: () => feed.status(now()),
    smallestShown,
    now,
  };
}

/**
 * Serves the services subgraph over its database.
 *
 * @throws Error when the database does not answer or the port is taken.
 */
export async function startServices(options: ServicesOptions): Promise<Door> {
  const { poolSize, now = () => new Date(), smallestShown = SMALLEST_SHOWN } = options;
  const definition = servicesDefinition();
  const handles = createPersonHandles(options.hubSecret);
  const subgraph = await buildSubgraph(definition);
  const database = await openServicesDatabase(
    options.databaseUrl,
    poolSize === undefined ? {} : { poolSize },
  );
  const record = await openAccessRecord({ url: options.databaseUrl, now }).catch(async (error: unknown) => {
    await database.destroy();
    throw error;
  });
  const feed = await openAgencyFeed({
    ...options.feed,
    ...{ name: "services", databaseUrl: options.databaseUrl, database, log: options.log },
  }).catch(async (error: unknown) => {
    await record.close();
    await database.destroy();
    throw error;
  });
  try {
    const door = await serveSubgraph<ServicesContext>({
      subgraph,
      policy: definition.policy,
      verifyToken: options.verifyToken,
      hubSecret: options.hubSecret,
      contextOf: (caller, stated) =>
        contextFor(caller, stated, { database, feed, handles }, { now, smallestShown }),
      recordAccess: (access) => record.record(access),
      feed: feed.feed,
      personalCallers: () => personalCallers(database),
      port: options.port,
      host: options.host,
      ready: () =>
        database.query("SELECT 1").then(
          () => true,
          () => false,
        ),
      log: options.log,
    });
    return {
      url: door.url,
      close: async () => {
        await door.close();
        await feed.close();
        await record.close();
        await database.destroy();
      },
    };
  } catch (error) {
    await feed.close();
    await record.close();
    await database.destroy();
    throw error;
  }
}
