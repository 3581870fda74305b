import type { Contacts, Man } from "../../../subgraphs/law-enforcement/contacts.fixture";
import type { Who } from "../../../subgraphs/law-enforcement/door.fixture";

export const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
export const DAN: Who = { agency: "metro-police", roles: ["detective"], subject: "dan" };
export const PAT: Who = { agency: "county-prosecutor", roles: ["prosecutor"], subject: "pat" };
export const ANN: Who = { agency: "harbor-house", roles: ["advocate"], subject: "ann" };
export const SAL: Who = { agency: "safe-passage", roles: ["advocate"], subject: "sal" };
/** Who are cut off from every man of the tables. */
export const CUT_DETECTIVE: Who = { ...DAN, subject: "cut" };
export const CUT_COORDINATOR: Who = { ...CORA, subject: "cut" };
export const CUT_PROSECUTOR: Who = { ...PAT, subject: "cut" };

/** What was is recorded when it is told, however long ago it was. */
export const PAST = ["long ago"] as const;
/** Characters: a page. */
export const PAGE = 4_000;

/** A county whose men are all shut to those who are cut off. */
export function countyOf(site: Contacts) {
  const { write, database } = site;
  return {
    ...site,
    manAt: async (level: "A" | "B" | "C" | null): Promise<Man> => {
      const man = await site.manAt(level);
      for (const { agency } of [DAN, PAT]) {
        await write.conflict({ agency, subject: "cut", personId: man.personId });
      }
      return man;
    },
    /** The first column of the first row. */
    one: async (sql: string, ...values: unknown[]): Promise<string> => {
      const [row] = await database.query<Record<string, string>[]>(sql, values);
      return Object.values(row!)[0]!;
    },
    /** Some hours ago, as a client writes it. */
    ago: (hours: number) => new Date(site.now().getTime() - hours * 3_600_000).toISOString(),
    /** In so many days. */
    day: (days: number) => new Date(site.now().getTime() + days * 86_400_000).toISOString().slice(0, 10),
  };
}
export type County = ReturnType<typeof countyOf>;
