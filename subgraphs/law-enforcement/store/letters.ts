import type { EntityManager } from "typeorm";
import { failedConditions } from "../domain/contact-outcome";
import { letterAfter, type LetterMoveRefusal, type LetterState } from "../domain/letter-state";
import {
  decideDraft,
  decideReview,
  decideService,
  offenderName,
  type DraftRefusal,
  type OFFENDER_LETTERS,
  type OffenderLetterFacts,
  type OffenderLetterKind,
  type ReviewRefusal,
  type ServiceRefusal,
} from "../domain/offender-letter";
import type { Protocol } from "../domain/protocol";
import { accept, refuse, type Result } from "../domain/result";
import {
  offenderFacing,
  type OffenderFacingText,
  type VictimDataRefusal,
} from "../domain/victim-data/find-victim-data";
import { holdContact, holdPerson, type Deed, type StaleRefusal } from "./contacts";
import type { ContactRow } from "./entities/contact";
import { ExposureLetterRow } from "./entities/exposure-letter";
import { PersonRow } from "./entities/person";
import { outcomeFacts } from "./gate-facts";
import { levelsInForce } from "./levels";
import { victimsOfPerson } from "./victims-of-person";
import { dayIn } from "../../../platform/letters/day-in";
import type { SiteLetters, WrittenLetter } from "../../../platform/letters/letter-files";
import { printLetter, type PrintedLetter, type PrintRefusal } from "../../../platform/letters/print-letter";

/** The site's letters to abusive partners. */
export type OffenderLetters = SiteLetters<typeof OFFENDER_LETTERS>;

/** A letter as it is told. */
export interface LetterToDraft {
  readonly personId: string;
  readonly kind: OffenderLetterKind;
  readonly language: string;
  readonly exposure: string | null;
}

/** Searches a text for every victim of his, as they are known at this moment. */
async function forHim(
  manager: EntityManager,
  text: string,
  person: PersonRow,
): Promise<Result<OffenderFacingText, VictimDataRefusal>> {
  return offenderFacing(text, await victimsOfPerson(manager, person.id), person);
}

function write(
  letters: OffenderLetters,
  kind: OffenderLetterKind,
  language: string,
  { name, date, exposure }: OffenderLetterFacts,
): WrittenLetter {
  return kind === "letter"
    ? letters.write(kind, language, { name, date })
    : letters.write(kind, language, { name, date, exposure });
}

/** Prints what was searched and found clean, and nothing else. */
const print = (text: OffenderFacingText, letters: OffenderLetters, language: string, createdAt: Date) =>
  printLetter(text, { font: letters.font, language, createdAt });

/** Drafts a letter to a person whom the caller may see: whoever calls has made sure. */
export async function draftLetter(
  manager: EntityManager,
  told: LetterToDraft,
  letters: OffenderLetters,
  protocol: Protocol,
  { by, now }: Deed,
): Promise<
  Result<string, { readonly code: DraftRefusal | "LANGUAGE_NOT_OFFERED" } | PrintRefusal | VictimDataRefusal>
> {
  await holdPerson(manager, told.personId);
  const [inForce] = await levelsInForce(manager, [told.personId]);
  const decision = decideDraft(told, inForce?.level ?? null, protocol);
  if (!decision.ok) return decision;
  const person = await manager.findOneByOrFail(PersonRow, { id: told.personId });
  const { kind, language } = told;
  if (!letters.languages.includes(language)) return refuse({ code: "LANGUAGE_NOT_OFFERED" });
  const facts = { name: offenderName(person), date: dayIn(language, now), exposure: told.exposure ?? "" };
  const written = write(letters, kind, language, facts);
  const checked = await forHim(manager, written.text, person);
  if (!checked.ok) return checked;
  const printed = print(checked.value, letters, language, now);
  if (!printed.ok) return printed;
  const { pdf, sha256 }: PrintedLetter = printed.value;
  const letter = await manager.save(
    manager.create(ExposureLetterRow, {
      ...{ personId: person.id, kind, state: decision.value, language },
      ...written,
      ...{ pdf, pdfHash: sha256, draftedAt: now, draftedBy: by },
    }),
  );
  return accept(letter.id);
}

/** The letter as it is now, with its person held. */
async function holdLetter(
  manager: EntityManager,
  { id, personId }: ExposureLetterRow,
): Promise<ExposureLetterRow> {
  await holdPerson(manager, personId);
  return manager.findOneByOrFail(ExposureLetterRow, { id });
}

/** Searches the text of a letter again: another victim may have become known since it was drafted. */
async function stillForHim(
  manager: EntityManager,
  { text, personId }: ExposureLetterRow,
): Promise<Result<OffenderFacingText, VictimDataRefusal>> {
  return forHim(manager, text, await manager.findOneByOrFail(PersonRow, { id: personId }));
}

/** Records that somebody reviewed a letter and answers for it. */
export async function approveLetter(
  manager: EntityManager,
  seen: ExposureLetterRow,
  expects: LetterState,
  reviewer: { readonly name: string; readonly roles: readonly string[] },
  now: Date,
): Promise<Result<string, { readonly code: ReviewRefusal | StaleRefusal } | VictimDataRefusal>> {
  const letter = await holdLetter(manager, seen);
  if (letter.state !== expects) return refuse({ code: "STALE" });
  const decision = decideReview(letter, reviewer);
  if (!decision.ok) return decision;
  const checked = await stillForHim(manager, letter);
  if (!checked.ok) return checked;
  const review = { approvedBy: reviewer.name, approvedAs: decision.value, approvedAt: now };
  await manager.update(ExposureLetterRow, letter.id, { state: "reviewed", ...review });
  return accept(letter.id);
}

/** How a letter was served. */
export interface LetterService {
  readonly expects: LetterState;
  readonly servedAt: Date;
  readonly how: NonNullable<ExposureLetterRow["servedHow"]>;
  readonly servedBy: string;
}

/** Records that a letter was served, at a contact of the same person. */
export async function recordLetterServed(
  manager: EntityManager,
  seen: { readonly letter: ExposureLetterRow; readonly contact: ContactRow },
  { expects, servedAt, how, servedBy }: LetterService,
  protocol: Protocol,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: ServiceRefusal | StaleRefusal } | VictimDataRefusal>> {
  const letter = await holdLetter(manager, seen.letter);
  const contact = await holdContact(manager, seen.contact);
  if (letter.state !== expects) return refuse({ code: "STALE" });
  const [facts] = await outcomeFacts(manager, [contact], servedAt);
  const { state, means, releasedAt } = contact;
  const passed = { state, means, releasedAt, failed: failedConditions(facts!, servedAt, protocol) };
  const decision = decideService(letter, passed, servedAt, protocol, now);
  if (!decision.ok) return decision;
  const checked = await stillForHim(manager, letter);
  if (!checked.ok) return checked;
  await manager.update(ExposureLetterRow, letter.id, {
    ...{
      state: decision.value,
      servedOn: servedAt.toISOString().slice(0, 10),
      servedAt,
      servedHow: how,
      servedBy,
    },
    ...{ contactId: contact.id, closedAt: now, closedBy: by },
  });
  return accept(letter.id);
}

/** Takes back a letter that was not served. */
export async function withdrawLetter(
  manager: EntityManager,
  seen: ExposureLetterRow,
  expects: LetterState,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: LetterMoveRefusal | StaleRefusal }>> {
  const letter = await holdLetter(manager, seen);
  if (letter.state !== expects) return refuse({ code: "STALE" });
  const next = letterAfter(letter.state, "withdraw");
  if (!next.ok) return next;
  await manager.update(ExposureLetterRow, letter.id, { state: next.value, closedAt: now, closedBy: by });
  return accept(letter.id);
}
