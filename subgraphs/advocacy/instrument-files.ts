import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ROLES } from "../../policy/matrix";
import { AskedOf, type Instrument, type ScoreRule, type Texts } from "./domain/instrument";

const LONGEST_TEXT = 500;
const MOST_ITEMS = 100;
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be lower-case letters, digits and hyphens");
const version = z.string().regex(/^[0-9a-z][0-9a-z.-]{0,31}$/, "must be digits, lower-case letters, dots");
const language = z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, "must be a BCP 47 tag");
const text = z.string().trim().min(1).max(LONGEST_TEXT);
const texts = z.record(z.string(), text);

const InstrumentForm = z.strictObject({
  id,
  version,
  /** Where the rule and the words come from, and by which leave they are used. */
  source: text,
  administeredBy: z.array(z.enum(ROLES)).min(1),
  languages: z.array(language).min(1),
  title: texts,
  items: z
    .array(z.strictObject({ id, askedOf: z.enum(AskedOf), text: texts }))
    .min(1)
    .max(MOST_ITEMS),
  rule: z.strictObject({
    highDangerWhen: z.array(z.strictObject({ atLeast: z.int().min(1), of: z.array(z.string()).min(1) })),
    score: z
      .strictObject({
        start: z.int(),
        weights: z.record(z.string(), z.int().min(0, "a yes never lowers")),
        bands: z.array(z.strictObject({ from: z.int(), name: text, highDanger: z.boolean() })).min(1),
      })
      .optional(),
  }),
});
type Form = z.infer<typeof InstrumentForm>;
type Path = readonly (string | number)[];
type Fault = readonly [Path, string];

function textFaults(path: Path, by: Texts, languages: readonly string[]): Fault[] {
  const missing = languages.filter((one) => !Object.hasOwn(by, one));
  const odd = Object.keys(by).filter((one) => !languages.includes(one));
  return [
    ...missing.map((one): Fault => [path, `has no text in ${one}`]),
    ...odd.map((one): Fault => [[...path, one], "is none of its languages"]),
  ];
}

function screenFaults({ items, rule }: Form): Fault[] {
  const known = new Set(items.map((item) => item.id));
  return rule.highDangerWhen.flatMap(({ atLeast, of }, index) => {
    const path = ["rule", "highDangerWhen", index];
    const faults = of.filter((item) => !known.has(item)).map((item): Fault => [[...path, "of"], `there is no item ${item}`]); // prettier-ignore
    if (new Set(of).size < of.length) faults.push([[...path, "of"], "names an item twice"]);
    if (atLeast > of.length) faults.push([[...path, "atLeast"], "is more than there are items"]);
    return faults;
  });
}

function scoreFaults({ start, weights, bands }: ScoreRule, items: Form["items"]): Fault[] {
  const path = ["rule", "score"];
  const known = new Set(items.map((item) => item.id));
  const faults = Object.keys(weights)
    .filter((item) => !known.has(item))
    .map((item): Fault => [[...path, "weights", item], "there is no such item"]);
  if (bands[0]!.from > start) faults.push([[...path, "bands", 0, "from"], "is above the start"]);
  bands.slice(1).forEach((band, before) => {
    const place = [...path, "bands", before + 1];
    if (band.from <= bands[before]!.from) faults.push([[...place, "from"], "is not above the band before"]);
    if (bands[before]!.highDanger && !band.highDanger) faults.push([[...place, "highDanger"], "a higher score never lowers"]); // prettier-ignore
  });
  return faults;
}

function faultsOf(form: Form): Fault[] {
  const { languages, title, items, rule } = form;
  const ids = items.map((item) => item.id);
  const finds = rule.highDangerWhen.length > 0 || rule.score?.bands.some(({ highDanger }) => highDanger);
  return [
    ...textFaults(["title"], title, languages),
    ...items.flatMap((item, index) => textFaults(["items", index, "text"], item.text, languages)),
    ...ids.flatMap((one, index): Fault[] => (ids.indexOf(one) < index ? [[["items", index, "id"], "is there twice"]] : [])), // prettier-ignore
    ...screenFaults(form),
    ...(rule.score ? scoreFaults(rule.score, items) : []),
    ...(finds ? [] : [[["rule"], "nothing in it finds high danger"] as const]),
  ];
}

const InstrumentFile = InstrumentForm.superRefine((form, context) => {
  for (const [path, message] of faultsOf(form))
    context.addIssue({ code: "custom", path: [...path], message });
});

/**
 * Reads the instruments that an advocate administers, one a file of a site's folder; a version that is no longer
 * asked has no file. Files that others administer are read too, and have to be as whole.
 *
 * @throws Error listing every fault of every file at once, each with its place.
 */
export function readInstruments(folder: string): readonly Instrument[] {
  const faults: string[] = [];
  const read: Form[] = [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  for (const name of names.sort()) {
    const fault = (message: string) => void faults.push(`${name}: ${message}`);
    const content = contentOf(join(folder, name), fault);
    if (content === undefined) continue;
    const { error, data } = InstrumentFile.safeParse(content);
    error?.issues.forEach(({ path, message }) => fault(`${path.join(".") || "the file"}: ${message}`));
    if (!data) continue;
    if (read.some((one) => one.id === data.id && one.version === data.version))
      fault(`id: ${data.id} ${data.version} is in another file too`);
    read.push(data);
  }
  if (faults.length > 0)
    throw new Error(`The site's instruments in ${folder} are not valid:\n  ${faults.join("\n  ")}`);
  return read.filter(({ administeredBy }) => administeredBy.includes("advocate"));
}

/** Undefined after a fault. */
function contentOf(path: string, fault: (message: string) => void): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    fault(`cannot be read: ${(error as Error).message}`);
    return undefined;
  }
}
