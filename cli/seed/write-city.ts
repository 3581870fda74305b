import { generateAdvocacy } from "./agencies/advocacy";
import type { AssignedCase } from "./agencies/advocacy-tables";
import { generateServices } from "./agencies/services";
import { copyBatch } from "./copy";
import type { OpenDatabase, OpenJusticeDatabase } from "./databases";
import { addCallIns } from "./justice/call-ins";
import { JusticeCity, type Subject } from "./justice/city";
import { addConferences } from "./justice/meetings";
import { holdConferences, type ConfirmedLevel } from "./justice/conferences";
import { generateJustice } from "./justice/generate-justice";
import { addProtocol } from "./justice/protocol";
import { FACT_TABLES, PROTOCOL_TABLES } from "./justice/tables";
import { Random } from "./random";
import type { SeedSite } from "./site";

/** Every database of a site, each with a transaction open. */
export interface CityDatabases {
  readonly justice: OpenJusticeDatabase;
  readonly services: OpenDatabase;
  readonly advocacy: ReadonlyMap<string, OpenDatabase>;
}

/**
 * Writes a city: first what the justice side recorded; then the conferences of the past, at which the rules propose levels
 * from these records; then what the partners did about the levels.
 */
export async function writeCity(
  { justice, services, advocacy }: CityDatabases,
  site: SeedSite,
  { people, seed, asOf }: { readonly people: number; readonly seed: number; readonly asOf: string },
  progress: (doing: string) => void,
): Promise<{ firstPersonId: string; firstCaseId: string }> {
  const random = Random.named(`synthetic city ${seed}`);
  const city = new JusticeCity(site, asOf);
  progress("persons and their histories");
  const subjects = generateJustice(city, random, people, firstAgency(site));
  await copyBatch(justice.client, city.batch, FACT_TABLES);
  await justice.client.query(
    "SELECT setval(pg_get_serial_sequence('offence', 'id'), (SELECT max(id) FROM offence))",
  );
  await justice.client.query("ANALYZE");

  progress("case conferences and levels");
  const first = subjects[0]!;
  const decided = await holdConferences(justice.manager, city.batch, {
    rules: site.rules,
    police: site.police,
    prosecutor: site.prosecutor,
    probation: site.probation,
    lastDay: city.lastDay,
    random: random.fork("conferences"),
    alwaysConfirmed: first.id,
  });

  progress("contacts and promises");
  const byPerson = levelsByPerson(decided.confirmed);
  const contacts = subjects.flatMap((subject) => addProtocol(city, subject, byPerson.get(subject.id) ?? []));
  const conferenceId = addConferences(city, random.fork("meetings"), decided);
  addCallIns(city);
  await copyBatch(justice.client, city.batch, PROTOCOL_TABLES);

  progress("the partners' own records");
  await copyBatch(
    services.client,
    generateServices(contacts, { site, conferenceId }, random.fork("services"), city.lastDay),
  );
  for (const [agency, { client }] of advocacy) {
    const cases = casesOf(agency, subjects, byPerson);
    await copyBatch(
      client,
      generateAdvocacy(cases, { agency, site, conferenceId }, random.fork(agency), city.lastDay),
    );
  }
  return { firstPersonId: first.id, firstCaseId: first.couples[0]!.caseId };
}

function levelsByPerson(levels: readonly ConfirmedLevel[]): Map<string, ConfirmedLevel[]> {
  const byPerson = new Map<string, ConfirmedLevel[]>();
  for (const one of levels) {
    const known = byPerson.get(one.personId);
    if (known) known.push(one);
    else byPerson.set(one.personId, [one]);
  }
  return byPerson;
}

/** The agency of the first person's case; the example site's first one where there is no such agency. */
function firstAgency({ advocacy }: SeedSite): string {
  return advocacy.includes("harbor-house") ? "harbor-house" : advocacy[0]!;
}

function casesOf(
  agency: string,
  subjects: readonly Subject[],
  levels: ReadonlyMap<string, readonly ConfirmedLevel[]>,
): AssignedCase[] {
  return subjects.flatMap((subject) =>
    subject.couples
      .filter((couple) => couple.agency === agency)
      .map((couple) => ({
        couple,
        level: levels.get(subject.id)?.at(-1)?.level ?? null,
        random: subject.random.fork(`advocacy ${couple.caseId}`),
        first: subject.number === 0,
      })),
  );
}
