import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { z } from "zod";
import type { CallAgency } from "../../platform/agency-call/call";
import { failureFacts } from "../../platform/http/failure-facts";
import type { Feed } from "../../platform/outbox/feed";
import { openOutbox } from "../../platform/outbox/outbox";
import { OutboxError } from "../../platform/outbox/outbox-error";
import type { Place } from "../../platform/outbox/place";
import { backoff } from "../../platform/wakeup/backoff";
import { NEWS_TOPICS } from "./domain/case-news";
import { assignmentsOf, forgetTold, newsFor, placeOfAgency, recallsFor, savePlace, type CaseNews } from "./store/case-news"; // prettier-ignore
import { openLawEnforcementDatabase } from "./store/database";

/** How one agency's server is told. True only when it says that it has taken all of it. Never rejects. */
export type TellNews = (agency: string, news: readonly CaseNews[]) => Promise<boolean>;

/** ms: a batch of writes. */
const DEADLINE = 10_000;
const Taken = z.strictObject({ taken: z.literal(true) });

/** Tells the advocacy side's server; an answer in any other words is none. */
export function tellAdvocacy(call: CallAgency): TellNews {
  return async (agency, news) => {
    const text = await call(JSON.stringify({ agency, news }), DEADLINE);
    if (text === null) return false;
    try {
      return Taken.safeParse(JSON.parse(text)).success;
    } catch {
      return false;
    }
  };
}

export interface CaseNewsOptions {
  readonly databaseUrl: string;
  /** What wakes it. */
  readonly feed: Feed;
  /** The advocacy agencies of the site. */
  readonly agencies: readonly string[];
  readonly tell: TellNews;
  readonly log: Logger;
}

export interface CaseNewsTeller {
  close(): Promise<void>;
}

/** Events in one read, and cases in one telling. */
const PAGE = 100;
/** ms between two looks when nothing wakes it. */
const LOOK_MS = 30_000;
const BEGINNING: Place = { epoch: 1, xid: 0n, position: 0n };

/** The advocacy side took nothing. */
class NotTaken extends Error {}

/**
 * Tells each advocacy agency the news of its cases out of the agency's own outbox: in order, at least once, each agency
 * from its own place, which is kept, so that one that is down keeps nobody else waiting and misses nothing (L63). What it
 * does is apart from every request: while nobody takes the news, nothing else notices.
 *
 * @throws Error when the database does not answer at the start.
 */
export async function startTellingCaseNews(options: CaseNewsOptions): Promise<CaseNewsTeller> {
  const { databaseUrl, feed, agencies, tell, log } = options;
  const database = await openLawEnforcementDatabase(databaseUrl, { poolSize: 1 });
  const outbox = openOutbox(database);
  const ended = new AbortController();
  const { signal } = ended;
  const wakers = new Set<() => void>();

  async function take(agency: string, news: readonly CaseNews[]): Promise<void> {
    if (news.length > 0 && !(await tell(agency, news))) throw new NotTaken();
  }

  /** All its cases as they stand, for an agency that has been told nothing, or has missed something. */
  async function tellAssignments(agency: string): Promise<void> {
    for (let after: string | null = null; ;) {
      const news: CaseNews[] = await assignmentsOf(database, agency, after, PAGE);
      await take(agency, news);
      if (news.length < PAGE || signal.aborted) return;
      after = news.at(-1)!.caseId;
    }
  }

  /** What it was told of and holds no more; it is known from the records, so that an agency which missed the event hears it too. */
  async function tellRecalls(agency: string): Promise<void> {
    for (;;) {
      const recalls = await recallsFor(database, agency, PAGE);
      await take(agency, recalls);
      await forgetTold(database, recalls);
      if (recalls.length < PAGE || signal.aborted) return;
    }
  }

  /** Tells one page; whether there is more. */
  async function step(agency: string): Promise<boolean> {
    const saved = await placeOfAgency(database, agency);
    if (saved === null) await tellAssignments(agency);
    try {
      const page = await outbox.readAfter(saved ?? BEGINNING, { topics: NEWS_TOPICS, limit: PAGE });
      if (page.events.length > 0) await take(agency, await newsFor(database, agency, page.events));
      if (page.events.length > 0 || saved === null) {
        await savePlace(database, agency, await outbox.cursorOf(page.through));
      }
      if (!page.more) await tellRecalls(agency);
      return page.more;
    } catch (error) {
      if (!(error instanceof OutboxError) || error.cursor === undefined) throw error;
      log.warn({ code: error.code, agency }, "news of cases has been missed; how they stand is told instead");
      await tellAssignments(agency);
      await savePlace(database, agency, error.cursor);
      return true;
    }
  }

  /** Until an event comes, or so many ms. */
  async function rest(woken: () => boolean): Promise<void> {
    const over = new AbortController();
    const wake = () => over.abort();
    wakers.add(wake);
    if (!woken() && !signal.aborted) {
      await pause(LOOK_MS, undefined, { signal: AbortSignal.any([over.signal, signal]), ref: false }).catch(
        () => undefined,
      );
    }
    wakers.delete(wake);
  }

  async function tellOn(agency: string): Promise<void> {
    let attempt = 0;
    while (!signal.aborted) {
      const seen = woken;
      try {
        const more = await step(agency);
        if (attempt > 0) log.warn({ agency }, "news of cases is taken again");
        attempt = 0;
        if (!more) await rest(() => woken !== seen);
      } catch (error) {
        if (attempt === 0) log.warn({ agency, ...failureFacts(error) }, "news of cases is not taken");
        attempt += 1;
        // Events do not hurry it: they would have it hammer at a server that is not there.
        await pause(backoff(attempt, Math.random()), undefined, { signal, ref: false }).catch(
          () => undefined,
        );
      }
    }
  }

  let woken = 0;
  async function listen(): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const item of feed.subscribe({ topics: NEWS_TOPICS, signal })) {
          if (item.live || item.standsStill) continue;
          woken += 1;
          for (const wake of wakers) wake();
        }
        return;
      } catch {
        // The outbox is another one: the next look finds out.
        await pause(backoff(1, Math.random()), undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  const working = [listen(), ...agencies.map(tellOn)];
  return {
    async close() {
      ended.abort();
      await Promise.all(working);
      await database.destroy();
    },
  };
}
