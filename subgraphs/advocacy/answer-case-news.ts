import type { DataSource } from "typeorm";
import { z } from "zod";
import { ARREST_RECALLED, NEWS_KINDS } from "./domain/case-news";
import type { TaskTerms } from "./domain/outreach-task";
import { LEVELS } from "./domain/level";
import { takeNews } from "./store/take-news";

/** Pieces of news in one telling. */
const MOST = 1_000;
const instant = z.iso.datetime().transform((text) => new Date(text));

const Told = z.strictObject({
  agency: z.string(),
  news: z
    .array(
      z
        .strictObject({
          id: z.uuid(),
          caseId: z.uuid(),
          assignedAt: instant,
          kind: z.enum(NEWS_KINDS),
          contactId: z.uuid().nullable(),
          level: z.enum(LEVELS).nullable(),
          at: instant,
          plannedFor: instant.nullable(),
          historic: z.boolean(),
          recalls: z.uuid().nullable().default(null),
        })
        .refine(({ kind, recalls }) => (kind === ARREST_RECALLED) === (recalls !== null)),
    )
    .max(MOST),
});

/** Takes what law enforcement tells of an agency's cases into that agency's own database, and into no other. */
export function answerCaseNews(
  databases: ReadonlyMap<string, DataSource>,
  terms: TaskTerms,
  now: () => Date,
): (body: string) => Promise<string | null> {
  return async (body) => {
    const told = Told.safeParse(parsed(body));
    const database = told.success ? databases.get(told.data.agency) : undefined;
    if (!told.success || database === undefined) return null;
    const news = told.data.news.map(({ id, at, ...one }) => ({ ...one, eventId: id, occurredAt: at }));
    await takeNews(database, news, terms, now());
    return JSON.stringify({ taken: true });
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
