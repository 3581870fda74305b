import "reflect-metadata";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pino from "pino";
import type { ExplorerVisitors } from "../gateway/explorer";
import { PURPOSE_HEADER } from "../platform/caller/purpose";
import { PROJECT_ROOT } from "../platform/project-root";
import type { Partners } from "../platform/site/partners";
import { createAgencyCall } from "../platform/agency-call/call";
import { createTokenVerifier } from "../platform/caller/verify-token";
import type { Door } from "../platform/http/graphql-door";
import { readLetters } from "../platform/letters/letter-files";
import { readFigureLimits } from "../platform/site/figures";
import { readFeedLimits } from "../platform/site/feeds";
import { issuersOf } from "../platform/site/issuers";
import { agenciesHolding, agenciesOf, readSitePartners } from "./processes/site-partners";
import { agencyDatabasesOf, databaseOf } from "./processes/databases";
import { makeDevelopmentKeys } from "./processes/development-keys";
import { holdsSecretOf, hubSecretsOf } from "./processes/hub-secrets";
import {
  PROCESSES,
  SUBGRAPHS,
  addressOf,
  filesOf,
  portOf,
  readSettings,
  trustedDocumentsOf,
  type ProcessName,
  type SubgraphName,
} from "./settings";

async function open(name: ProcessName): Promise<Door> {
  const settings = readSettings();
  const files = filesOf(settings);
  const partners = readSitePartners(files.partners);
  await makeDevelopmentKeys(settings, partners);
  const log = pino({ name, level: settings.LOG_LEVEL });
  const verifyToken = createTokenVerifier(
    issuersOf(partners, files.keys, settings.NODE_ENV === "production"),
  );
  const served = { log, port: portOf(settings, name), host: settings.HUB_HOST };
  const common = { ...served, verifyToken };
  const hubSecretOf = async (subgraph: SubgraphName) => (await hubSecretsOf(settings, [subgraph]))[subgraph];
  const agency = () => ({ ...common, ...readFigureLimits(files.figures) });
  const feedOf = (subgraph: SubgraphName) => ({
    redisUrl: settings.REDIS_URL,
    ...readFeedLimits(files.feeds, subgraph),
  });
  // Each process loads its own agency's code only.
  switch (name) {
    case "law-enforcement": {
      const { migrate } = await import("../subgraphs/law-enforcement/store/database");
      const { startLawEnforcement } = await import("../subgraphs/law-enforcement/main");
      const databaseUrl = databaseOf(partners, process.env, name);
      await migrate(databaseUrl);
      const { readProtocol } = await import("../subgraphs/law-enforcement/protocol-file");
      const { readTierRules } = await import("../subgraphs/law-enforcement/tier-rules-file");
      const { readEscalation } = await import("../subgraphs/law-enforcement/escalation-file");
      const { OFFENDER_LETTERS } = await import("../subgraphs/law-enforcement/domain/offender-letter");
      const { askAdvocacy } = await import("../subgraphs/law-enforcement/advocacy-holds");
      const { tellAdvocacy } = await import("../subgraphs/law-enforcement/tell-case-news");
      const secret = await holdsSecretOf(settings);
      const callAt = (path: string) =>
        createAgencyCall({ url: new URL(path, addressOf(settings, "advocacy")).href, secret });
      return startLawEnforcement({
        ...agency(),
        hubSecret: await hubSecretOf(name),
        databaseUrl,
        feed: feedOf(name),
        agencies: new Set(partners.agencies.map(({ id }) => id)),
        tierRules: readTierRules(files.tierRules),
        protocol: readProtocol(files.protocol),
        escalation: readEscalation(files.escalation),
        advocacyHolds: askAdvocacy(callAt("/holds")),
        advocacySecret: secret,
        caseNews: { agencies: agenciesOf(partners, "advocacy"), tell: tellAdvocacy(callAt("/case-news")) },
        advocacyAgencies: agenciesOf(partners, "advocacy"),
        letters: readLetters(files.letters, OFFENDER_LETTERS),
      });
    }
    case "advocacy": {
      const { migrate } = await import("../subgraphs/advocacy/store/database");
      const { startAdvocacy } = await import("../subgraphs/advocacy/main");
      const databases = agencyDatabasesOf(partners, process.env, name);
      for (const url of Object.values(databases)) await migrate(url);
      const { readReleaseTerms } = await import("../subgraphs/advocacy/release-terms-file");
      const releaseTerms = {
        ...readReleaseTerms(files.releaseTerms),
        recipients: agenciesHolding(partners, "releases:N"),
      };
      const { askLawEnforcement } = await import("../subgraphs/advocacy/offender-addresses");
      const url = new URL("/addresses", addressOf(settings, "law-enforcement")).href;
      const secret = await holdsSecretOf(settings);
      const { readOutreach } = await import("../subgraphs/advocacy/outreach-file");
      const { readInstruments } = await import("../subgraphs/advocacy/instrument-files");
      const { VICTIM_LETTERS } = await import("../subgraphs/advocacy/domain/victim-letter");
      const { readHoldTerms } = await import("../subgraphs/advocacy/hold-terms-file");
      return startAdvocacy({
        ...agency(),
        hubSecret: await hubSecretOf(name),
        databases,
        releaseTerms,
        holdTerms: readHoldTerms(files.holdTerms),
        holdsSecret: secret,
        outreachTerms: readOutreach(files.outreach),
        instruments: readInstruments(files.instruments),
        letters: readLetters(files.letters, VICTIM_LETTERS),
        offenderAddresses: askLawEnforcement(createAgencyCall({ url, secret })),
      });
    }
    case "services": {
      const { migrate } = await import("../subgraphs/services/store/database");
      const { startServices } = await import("../subgraphs/services/main");
      const databaseUrl = databaseOf(partners, process.env, name);
      await migrate(databaseUrl);
      return startServices({
        ...agency(),
        hubSecret: await hubSecretOf(name),
        databaseUrl,
        feed: feedOf(name),
      });
    }
    case "gateway": {
      const { startGateway } = await import("../gateway/main");
      const addresses = Object.fromEntries(
        SUBGRAPHS.map((subgraph) => [subgraph, addressOf(settings, subgraph)]),
      );
      return startGateway({
        ...served,
        addresses,
        access: {
          verifyToken,
          scopesFile: files.scopes,
          breakGlassFile: files.breakGlass,
          hubSecrets: await hubSecretsOf(settings, SUBGRAPHS),
        },
        supergraphFile: files.supergraph,
        metricsPort: settings.GATEWAY_METRICS_PORT,
        trustedDocuments: trustedDocumentsOf(settings),
        explorer: settings.NODE_ENV === "production" ? undefined : await explorerVisitors(partners),
      });
    }
  }
}

/** Everybody that a development token can be signed for. */
async function explorerVisitors(partners: Partners): Promise<ExplorerVisitors> {
  const { developmentToken } = await import("./commands/token");
  const development = partners.issuers.filter(({ keys }) => keys === "development");
  const agencies = partners.agencies.filter(({ id }) => development.some(({ agency }) => agency === id));
  return {
    roles: [...new Set(agencies.flatMap(({ roles }) => roles))],
    headersOf: async (role) => ({
      authorization: `Bearer ${await developmentToken({ role, hours: "8" })}`,
      [PURPOSE_HEADER]: "case-work",
    }),
    firstQuery: await readFile(join(PROJECT_ROOT, "docs", "queries", "person-view.graphql"), "utf8"),
  };
}

/** Runs one process of the hub until it is told to stop, or until the process that started it is gone. */
async function main(name: string | undefined): Promise<void> {
  const known = PROCESSES.find((process) => process === name);
  if (!known) throw new Error(`Name one of ${PROCESSES.join(", ")}.`);
  const door = await open(known);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= door.close().then(
      () => process.exit(0),
      (error: Error) => {
        console.error(`${known}: ${error.message}`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  if (process.send) {
    process.on("disconnect", stop);
    // It may have gone while this process was still starting.
    if (process.connected) process.send({ url: door.url });
    else stop();
  } else {
    console.log(`${known} serves ${door.url}`);
  }
}

main(process.argv[2]).catch((error: Error) => {
  console.error(`${process.argv[2] ?? "start-one"}: ${error.message}`);
  process.exit(1);
});
