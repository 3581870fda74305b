import { LRUCache } from "lru-cache";

interface Numbered {
  readonly text: string;
  /** Of the parameters, in the order of their numbers. */
  readonly names: readonly string[];
}

/** Texts kept: every list of an agency, each with the conditions of a few roles. */
const MOST = 1_000;
const known = new LRUCache<string, Numbered>({ max: MOST });

function numbered(sql: string): Numbered {
  const names: string[] = [];
  const text = sql.replace(/(?<![:\w]):([A-Za-z]\w*)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { text, names };
}

/**
 * A statement with named parameters (`:name`) as `pg` takes it. A text is looked through once, so that it must not hold
 * values: neither may it grow with them.
 *
 * @throws Error when a parameter is named that is not given.
 */
export function withNumbers(
  sql: string,
  parameters: Readonly<Record<string, unknown>>,
): readonly [text: string, values: unknown[]] {
  const { text, names } = known.get(sql) ?? numbered(sql);
  known.set(sql, { text, names });
  const values = names.map((name) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`The statement's parameter ${name} is not given.`);
    return value;
  });
  return [text, values];
}
