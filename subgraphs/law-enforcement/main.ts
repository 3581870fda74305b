import type { Logger } from "pino";
import type { AccessedRecord } from "../../platform/access-record/access";
import { createAgencyAnswer } from "../../platform/agency-call/answer";
import { openAccessRecord } from "../../platform/access-record/recorder";
import { signGrant } from "../../platform/break-glass/grant";
import { findOpening } from "../../platform/break-glass/opening";
import type { Caller } from "../../platform/caller/caller";
import type { VerifyToken } from "../../platform/caller/verify-token";
import { failureFacts } from "../../platform/http/failure-facts";
import type { Door } from "../../platform/http/graphql-door";
import { SMALLEST_SHOWN } from "../../platform/policy/suppression";
import { openAgencyFeed, type FeedSettings } from "../../platform/outbox/open-feed";
import type { Stated } from "../../platform/subgraph/request-context";
import { serveSubgraph } from "../../platform/subgraph/serve-subgraph";
import { buildSubgraph } from "../../platform/subgraph/subgraph-schema";
import { answerAddresses } from "./answer-addresses";
import type { AdvocacyHolds } from "./advocacy-holds";
import type { TierRuleSet } from "./domain/tier-rules";
import type { Protocol } from "./domain/protocol";
import type { LawEnforcementContext } from "./graphql/context";
import { lawEnforcementDefinition } from "./graphql/definition";
import { createLoaders } from "./graphql/loaders";
import { SUBGRAPH, scopesOpened } from "./policy/break-glass";
import { scopesOfCaller } from "./policy/scopes-of-caller";
import type { EscalationRules } from "./domain/escalation";
import { startAlertClock, type AlertClock } from "./store/alert-clock";
import { openLawEnforcementDatabase } from "./store/database";
import { personalCallers } from "./policy/personal-callers";
import { startTellingCaseNews, type CaseNewsTeller, type TellNews } from "./tell-case-news";
import type { OffenderLetters } from "./store/letters";

export interface LawEnforcementOptions {
  /** The agency's own database; `migrate` has made its tables. */
  readonly databaseUrl: string;
  readonly port: number;
  readonly host: string;
  readonly verifyToken: VerifyToken;
  /** Shared with the hub alone: what it has not signed is refused. */
  readonly hubSecret: string;
  /** Counts below this are withheld from figures. */
  readonly smallestShown?: number;
  /** The partners of the site, by id: who may own a promise. */
  readonly agencies: ReadonlySet<string>;
  /** The rules by which levels are proposed: a correction judges a level again. */
  readonly tierRules: TierRuleSet;
  /** What the site does about each level. */
  readonly protocol: Protocol;
  /** How the advocacy side is asked before a contact is released. */
  readonly advocacyHolds: AdvocacyHolds;
  /** Shared with the advocacy side alone, which asks at /addresses where people of its cases live. */
  readonly advocacySecret: string;
  /** Which advocacy agencies are told the news of their cases, and how; none: nobody is. */
  readonly caseNews?: { readonly agencies: readonly string[]; readonly tell: TellNews };
  /** The community agencies that a case may be assigned to; none: to nobody. */
  readonly advocacyAgencies?: readonly string[];
  /** The site's letters to abusive partners. */
  readonly letters: OffenderLetters;
  /** Who is told of alerts that nobody confirms. */
  readonly escalation: EscalationRules;
  readonly log: Logger;
  /** How the agency's feed of events is read. */
  readonly feed: FeedSettings;
  readonly poolSize?: number;
  readonly now?: () => Date;
}

/** An older offence may rest on national criminal history whatever its row says of its source: each is recorded as such. */
const isNational = ({ type, provenance }: AccessedRecord) => type === "PriorRecord" || provenance === "ncic";

/**
 * Serves the law-enforcement subgraph.
 *
 * @throws Error when the database does not answer or the port is taken.
 */
export async function startLawEnforcement(options: LawEnforcementOptions): Promise<Door> {
  const { databaseUrl, poolSize, now = () => new Date(), smallestShown = SMALLEST_SHOWN } = options;
  const definition = lawEnforcementDefinition();
  const subgraph = await buildSubgraph(definition);
  const database = await openLawEnforcementDatabase(databaseUrl, poolSize === undefined ? {} : { poolSize });

  const record = await openAccessRecord({ url: databaseUrl, now, isNational }).catch(
    async (error: unknown) => {
      await database.destroy();
      throw error;
    },
  );

  const feed = await openAgencyFeed({
    ...options.feed,
    ...{ name: SUBGRAPH, databaseUrl, database, log: options.log },
  }).catch(async (error: unknown) => {
    await record.close();
    await database.destroy();
    throw error;
  });

  function contextOf(caller: Caller, { purpose, breakGlass }: Stated): LawEnforcementContext {
    const instant = now();
    return {
      caller,
      purpose,
      breakGlass,
      scopes: scopesOfCaller(caller, breakGlass),
      signGrant: (grant) => signGrant(options.hubSecret, grant),
      loaders: createLoaders(database.manager, caller, instant),
      database,
      smallestShown,
      feedStatus: () => feed.status(instant),
      agencies: options.agencies,
      tierRules: options.tierRules,
      protocol: options.protocol,
      advocacyHolds: options.advocacyHolds,
      letters: options.letters,
      advocacyAgencies: new Set(options.advocacyAgencies),
      clock: now,
      now: instant,
    };
  }

  let alerting: AlertClock | undefined;
  let telling: CaseNewsTeller | undefined;
  try {
    const { caseNews, log } = options;
    if (caseNews) telling = await startTellingCaseNews({ ...caseNews, databaseUrl, feed: feed.feed, log });
    alerting = await startAlertClock({ databaseUrl, rules: options.escalation, now, log });
    const door = await serveSubgraph<LawEnforcementContext>({
      subgraph,
      policy: definition.policy,
      verifyToken: options.verifyToken,
      hubSecret: options.hubSecret,
      glass: {
        heldBy: SUBGRAPH,
        openedScopes: scopesOpened,
        find: (id) => findOpening(database.manager, id),
        now,
      },
      contextOf,
      recordAccess: (access) => record.record(access),
      feed: feed.feed,
      personalCallers: () => personalCallers(database),
      // His contacts are his own.
      isAlwaysPersonal: ({ roles }) => roles.includes("messenger"),
      beside: {
        "/addresses": createAgencyAnswer({
          secret: options.advocacySecret,
          answer: answerAddresses(database, record),
          onFailure: (error) => options.log.error(failureFacts(error), "the advocacy side got no addresses"),
        }),
      },
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
        await telling?.close();
        await alerting?.close();
        await feed.close();
        await record.close();
        await database.destroy();
      },
    };
  } catch (error) {
    await telling?.close();
    await alerting?.close();
    await feed.close();
    await record.close();
    await database.destroy();
    throw error;
  }
}
