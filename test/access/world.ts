import { randomUUID } from "node:crypto";
import { DataSource } from "typeorm";
import { openOutbox } from "../../platform/outbox/outbox";
import { tellSilence } from "../../platform/outbox/silence";
import { OutboxError } from "../../platform/outbox/outbox-error";
import { siteDatabases, type SiteDatabases } from "../../cli/seed/site-databases.fixture";
import { openAccessRecord } from "../../platform/access-record/recorder";
import { openLawEnforcementDatabase } from "../../subgraphs/law-enforcement/store/database";
import { createTestDatabase } from "../setup/databases";
import { CALLERS } from "./callers";
import { Markers } from "./markers";
import {
  writeAgencyConflicts,
  writeClients,
  writeFigures,
  writeProviderConflicts,
  writeReleases,
  writeServices,
} from "./world-agencies";
import { writeVictimLetters } from "./world-victim-letters";
import { writePersonAtB } from "./world-letters";
import { miniatureOf } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import { writeAgencyActions, writeConference, writeProviderActions } from "./world-conference";
import { writeTasks } from "./world-outreach";
import { EXPUNGED_ARREST } from "./world-protocol";
import { writeConflicts, writeCrowd, writeMan, type KnownMan } from "./world-justice";
import { writeHelp, writeProviders, type HelpWorld } from "./world-help";

/** A small county in which every value says by itself whose it is. */
export interface World {
  readonly databases: SiteDatabases;
  readonly markers: Markers;
  /** The one of whom each caller's role sees all that the table gives it. */
  readonly known: KnownMan;
  /** Known to the justice side and to the callers of the other agencies. */
  readonly stranger: KnownMan;
  /** Known to the justice side alone. */
  readonly hidden: KnownMan;
  /** An accepted referral to the provider of `known`. */
  readonly referralId: string;
  readonly help: HelpWorld;
  /** A live release of Harbor House's, of a case that is nobody's to ask for. */
  readonly releaseId: string;
  /** Where the feeds of the agencies that have events begin. */
  readonly beginnings: { readonly "law-enforcement": string; readonly services: string };
  /** A conference that begins in an hour, with a decision and an action about `known`. */
  readonly conferenceId: string;
  readonly closedConferenceId: string;
  /** Somebody at level B of whom there is nothing else. */
  readonly personAtB: string;
  /** What to ask for of the types that are neither persons nor cases. */
  readonly references: Readonly<Record<string, string>>;
  /** A contact on which the advocate has placed a hold. */
  readonly heldContactId: string;
  /** Conflicts of people who are nobody here, which the coordinator, the advocate and the provider may end. */
  readonly conflictIds: { readonly justice: string; readonly advocacy: string; readonly services: string };
  /** A record that everyone who may see some of the access log once read in every agency, under break-glass. */
  readonly accessedId: string;
  drop(): Promise<void>;
}

/** Writes, for each caller, an access of his own into every agency's record. */
async function writeAccesses({ urls }: SiteDatabases): Promise<string> {
  const id = randomUUID();
  const now = () => new Date();
  for (const url of [urls.lawEnforcement, urls.services, ...Object.values(urls.advocacy)]) {
    const recorder = await openAccessRecord({ url, now });
    for (const { role, agency, subject } of Object.values(CALLERS)) {
      await recorder.record({
        reader: { subject, agency, role, purpose: "case-work", breakGlass: { grantId: id, reason: "r" } },
        operationHash: "0".repeat(64),
        fields: ["Charge.title"],
        records: [{ type: "Charge", id, representation: null, provenance: "court" }],
        representations: new Map(),
        outcome: "answered",
        codes: ["RELEASE_REQUIRED"],
      });
    }
    await recorder.close();
  }
  return id;
}

/** What a reader is told who comes with the cursor of another feed: where this one begins. */
async function beginningOf(url: string): Promise<string> {
  const database = await new DataSource({ type: "postgres", url, poolSize: 1, entities: [] }).initialize();
  const elsewhere = Buffer.concat([Buffer.of(1), Buffer.alloc(24)]).toString("base64url");
  try {
    await openOutbox(database).placeOf(elsewhere);
  } catch (error) {
    if (error instanceof OutboxError && error.cursor) return error.cursor;
    throw error;
  } finally {
    await database.destroy();
  }
  throw new Error("The cursor of no feed was taken.");
}

export async function createWorld(): Promise<World> {
  const databases = await siteDatabases(createTestDatabase);
  const markers = new Markers();
  const justice = await openLawEnforcementDatabase(databases.urls.lawEnforcement, { poolSize: 1 });
  const man = async (of: Partial<Omit<KnownMan, "place">>) =>
    writeMan(justice, markers, { supervised: false, cases: [null], providers: [], messengers: [], ...of });
  const known = await man({
    supervised: true,
    cases: ["harbor-house", "safe-passage"],
    providers: ["new-start"],
    messengers: ["messenger-1", "messenger-9"],
    // Levers are pulled at B.
    level: "B",
  });
  const stranger = await man({
    cases: ["safe-passage"],
    providers: ["open-door"],
    messengers: ["messenger-2"],
  });
  const hidden = await man({});
  await writeCrowd(justice);
  const personAtB = await writePersonAtB(miniatureOf(justice));
  await miniatureOf(justice).arrest({ id: EXPUNGED_ARREST });
  const justiceConflict = await writeConflicts(justice, known);
  await justice.query(`INSERT INTO break_glass_opening (subject, agency, role, element, reason, opened_at, expires_at)
    VALUES ('x', 'metro-police', 'coordinator', 'intelligence', 'He is on his way to her.', now(), now() + interval '15 minutes')`);
  const conferences = await writeConference(justice, markers, known);
  const contacts: { id: string }[] = await justice.query(
    "SELECT id FROM contact WHERE person_id = $1 ORDER BY planned_for DESC",
    [known.personId],
  );
  await justice.destroy();

  const ask = (owner: string, sql: string, values: unknown[] = []) => databases.ask(owner, sql, values);
  for (const [agency, name] of [
    ["new-start", "New Start"],
    ["open-door", "Open Door"],
  ]) {
    await ask(
      "services",
      "INSERT INTO provider (agency, name, languages, capacity) VALUES ($1, $2, '{en}', 9)",
      [agency, name],
    );
  }
  await writeProviders(ask);
  const referrals = [];
  const help = [];
  for (const one of [known, stranger, hidden]) {
    await writeClients(ask, markers, one);
    await writeAgencyActions(ask, markers, one, conferences.closedConferenceId);
    await writeTasks(ask, markers, one);
    await writeVictimLetters(ask, markers, one);
    referrals.push(await writeServices(ask, markers, one));
    help.push(await writeHelp(ask, markers, one));
    await writeProviderActions(ask, markers, one, conferences.closedConferenceId);
  }
  await writeFigures(ask, "safe-passage");
  for (const owner of ["law-enforcement", "services"] as const) {
    // As if nothing had been recorded for long.
    await tellSilence(
      {
        query: <Row>(sql: string, values?: unknown[]) => databases.ask(owner, sql, values) as Promise<Row[]>,
      },
      -1_000,
    );
  }
  const releaseId = await writeReleases(ask, markers, known);
  const heldContactId = randomUUID();
  await ask(
    "harbor-house",
    `INSERT INTO contact_hold (contact_id, hours, placed_by, placed_at, expires_at, mutation_key)
     VALUES ($1, 2, 'advocate-1', now(), now() + interval '2 hours', 'placed')`,
    [heldContactId],
  );
  // A colleague's, of which that one stands is all that the justice side is told.
  await ask(
    "harbor-house",
    `INSERT INTO contact_hold (contact_id, hours, placed_by, placed_at, expires_at, mutation_key)
     SELECT unnest($1::uuid[]), 2, 'advocate-9', now(), now() + interval '2 hours', gen_random_uuid()`,
    [contacts.map(({ id }) => id)],
  );
  return {
    databases,
    markers,
    known,
    stranger,
    hidden,
    referralId: referrals[0]!.get("new-start")!,
    help: help[0]!,
    releaseId,
    beginnings: {
      "law-enforcement": await beginningOf(databases.urls.lawEnforcement),
      services: await beginningOf(databases.urls.services),
    },
    ...conferences,
    references: { Conference: conferences.closedConferenceId, Contact: contacts[0]!.id },
    heldContactId,
    personAtB,
    conflictIds: {
      justice: justiceConflict,
      advocacy: await writeAgencyConflicts(ask, known),
      services: await writeProviderConflicts(ask, known),
    },
    accessedId: await writeAccesses(databases),
    drop: () => databases.drop(),
  };
}
