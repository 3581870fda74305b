import DataLoader from "dataloader";
import type { Logger } from "pino";
import type { DataSource } from "typeorm";
import { grantedTo } from "../../policy/granted";
import type { Caller } from "../../platform/caller/caller";
import type { VerifyToken } from "../../platform/caller/verify-token";
import type { Door } from "../../platform/http/graphql-door";
import { SMALLEST_SHOWN } from "../../platform/policy/suppression";
import type { Stated } from "../../platform/subgraph/request-context";
import { serveSubgraph } from "../../platform/subgraph/serve-subgraph";
import { buildSubgraph } from "../../platform/subgraph/subgraph-schema";
import { createAgencyAnswer } from "../../platform/agency-call/answer";
import { failureFacts } from "../../platform/http/failure-facts";
import { openAccessRecords } from "./access-records";
import { answerCaseNews } from "./answer-case-news";
import { answerHolds } from "./answer-holds";
import type { Instrument } from "./domain/instrument";
import type { HoldTerms } from "./domain/hold";
import type { ReleaseTerms } from "./domain/told-release";
import type { AdvocacyContext } from "./graphql/context";
import { advocacyDefinition } from "./graphql/definition";
import { createRowAccess } from "./policy/row-access";
import type { OutreachTerms } from "./outreach-file";
import { addressesOf, type OffenderAddresses } from "./offender-addresses";
import { AgencyDatabases } from "./store/agency-databases";
import { holdsStandingOn } from "./store/holds";
import type { VictimLetters } from "./store/victim-letters";
import { openAdvocacyDatabase } from "./store/database";
import { personalCallers } from "./policy/personal-callers";

export interface AdvocacyOptions {
  /** The address of each community agency's own database, by the agency's id. */
  readonly databases: Readonly<Record<string, string>>;
  readonly port: number;
  readonly host: string;
  readonly verifyToken: VerifyToken;
  /** Shared with the hub alone: what it has not signed is refused. */
  readonly hubSecret: string;
  /** Whom releases may name, and for how long. */
  readonly releaseTerms: ReleaseTerms;
  /** Counts below this are withheld from figures. */
  readonly smallestShown?: number;
  /** For how long a hold may last. */
  readonly holdTerms: HoldTerms;
  /** Shared with law enforcement alone, which asks at /holds whether a contact has to wait, and tells at /case-news. */
  readonly holdsSecret: string;
  /** How long what a victim said of safe contact is relied on, and which news opens which tasks. */
  readonly outreachTerms: OutreachTerms;
  /** By which advocates of the site assess risk. */
  readonly instruments: readonly Instrument[];
  /** How law enforcement is asked where an abusive partner lives, before a letter is called safe. */
  readonly offenderAddresses: OffenderAddresses;
  /** The site's letters to victims. */
  readonly letters: VictimLetters;
  readonly log: Logger;
  /** Connections per agency's database. */
  readonly poolSize?: number;
  readonly now?: () => Date;
}

async function openAll({ databases, poolSize }: AdvocacyOptions): Promise<AgencyDatabases> {
  const opened = new Map<string, DataSource>();
  try {
    for (const [agency, url] of Object.entries(databases)) {
      opened.set(agency, await openAdvocacyDatabase(url, poolSize === undefined ? {} : { poolSize }));
    }
  } catch (error) {
    await new AgencyDatabases(opened).close();
    throw error;
  }
  return new AgencyDatabases(opened);
}

function contextFor(
  caller: Caller,
  { purpose, breakGlass }: Stated,
  options: AdvocacyOptions,
  databases: AgencyDatabases,
  now: () => Date,
): AdvocacyContext {
  const {
    releaseTerms,
    smallestShown = SMALLEST_SHOWN,
    holdTerms,
    outreachTerms,
    instruments,
    offenderAddresses,
    letters,
  } = options;
  const { subject, agency, roles } = caller;
  const reader = { subject, agency, advocate: roles.includes("advocate") };
  return {
    caller,
    reader,
    purpose,
    breakGlass,
    scopes: grantedTo(roles),
    rows: createRowAccess(reader, databases, now),
    databases,
    releaseTerms,
    smallestShown,
    holdTerms,
    outreachTerms,
    instruments,
    policeAddresses: addressesOf(offenderAddresses, agency),
    standingHolds: new DataLoader((ids) => holdsStandingOn(databases.all(), ids, now())),
    letters,
    now,
  };
}

/**
 * Serves the advocacy subgraph over the databases of its agencies.
 *
 * @throws Error when a database does not answer or the port is taken.
 */
export async function startAdvocacy(options: AdvocacyOptions): Promise<Door> {
  const { now = () => new Date() } = options;
  const subgraph = await buildSubgraph(advocacyDefinition());
  const databases = await openAll(options);
  const records = await openAccessRecords(options.databases, now).catch(async (error: unknown) => {
    await databases.close();
    throw error;
  });
  const { log } = options;
  try {
    const beside = {
      "/holds": createAgencyAnswer({
        secret: options.holdsSecret,
        answer: answerHolds(databases.all(), now),
        onFailure: (error) => log.error(failureFacts(error), "nobody could say whether a hold stands"),
      }),
      "/case-news": createAgencyAnswer({
        secret: options.holdsSecret,
        answer: answerCaseNews(databases.each(), options.outreachTerms, now),
        onFailure: (error) => log.error(failureFacts(error), "news of cases could not be taken"),
      }),
    };
    const door = await serveSubgraph<AdvocacyContext>({
      subgraph,
      policy: advocacyDefinition().policy,
      verifyToken: options.verifyToken,
      hubSecret: options.hubSecret,
      contextOf: (caller, stated) => contextFor(caller, stated, options, databases, now),
      recordAccess: (access, { reader }) => records.record(access, reader),
      personalCallers: () => personalCallers(databases, now()),
      beside,
      port: options.port,
      host: options.host,
      ready: () => databases.ready(),
      log,
    });
    return {
      url: door.url,
      close: async () => {
        await door.close();
        await records.close();
        await databases.close();
      },
    };
  } catch (error) {
    await records.close();
    await databases.close();
    throw error;
  }
}
