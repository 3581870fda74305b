import { offenderName } from "../../../subgraphs/law-enforcement/domain/offender-letter";
import { dayIn } from "../../../platform/letters/day-in";
import { printLetter } from "../../../platform/letters/print-letter";
import { at } from "../days";
import { subjectOf } from "../site";
import type { JusticeCity, Subject } from "./city";

/** What he is liable to. Nothing of it comes from a victim, or seems to. */
const EXPOSURE: Readonly<Record<string, string>> = {
  en: "With your record, a further arrest will be prosecuted as a felony, and we will ask that you are held without bail.",
  es: "Con su historial, un nuevo arresto se perseguirá como delito grave, y pediremos prisión sin fianza.",
};

/** How often there is a letter: each is printed, and a city has many at level D. */
const SHARE = { B: 0.8, C: 0, D: 0.12 } as const;

/** The contact that a letter goes with. `servedAt`: he was given it there. */
export interface LetterContact {
  readonly id: string;
  readonly level: "B" | "C" | "D";
  readonly confirmedOn: string;
  readonly servedAt: string | null;
  readonly servedBy: string | null;
  /** When it was recorded how the contact ended; null: it is still to come. */
  readonly closedAt: string | null;
}

/** Adds the letter that goes with a contact: drafted and mostly reviewed, then served at it, or withdrawn. */
export function addLetter(city: JusticeCity, subject: Subject, contact: LetterContact): void {
  const { id: contactId, level, confirmedOn, servedAt, servedBy, closedAt } = contact;
  const random = subject.random.fork(`letter ${confirmedOn}`);
  const first = subject.number === 0 && level !== "C";
  if (!first && !random.chance(SHARE[level])) return;
  const kind = level === "D" ? "letter" : "custom-notification";
  const language = random.chance(0.85) ? "en" : random.pick(city.site.letters.languages);
  const draftedAt = at(confirmedOn, 10, 15);
  const name = offenderName({
    givenName: subject.given,
    familyName: subject.family,
    aliases: [],
    stateId: null,
  });
  const filled = {
    name,
    date: dayIn(language, new Date(draftedAt)),
    exposure: EXPOSURE[language] ?? EXPOSURE["en"]!,
  };
  const { text, templateId, templateVersion } = city.site.letters.write(kind, language, filled);
  const printed = printLetter(text, {
    font: city.site.letters.font,
    language,
    createdAt: new Date(draftedAt),
  });
  if (!printed.ok) throw new Error(`A letter of the city cannot be printed: ${printed.refusal.code}.`);
  const { pdf, sha256 } = printed.value;
  const reviewer = kind === "letter" ? ("coordinator" as const) : ("prosecutor" as const);
  const agency = kind === "letter" ? city.site.police : city.site.prosecutor;
  const approved = servedAt !== null || random.chance(0.6);
  const how = random.pick(kind === "letter" ? ["mailed", "left-at-home"] : ["handed-over"]);
  city.batch.add("exposure_letter", {
    id: random.uuid(),
    person_id: subject.id,
    kind,
    state: servedAt !== null ? "served" : closedAt !== null ? "withdrawn" : approved ? "reviewed" : "drafted",
    text,
    language,
    template_id: templateId,
    template_version: templateVersion,
    // As COPY reads bytes.
    pdf: `\\x${pdf.toString("hex")}`,
    pdf_hash: sha256,
    drafted_at: draftedAt,
    drafted_by: `${subjectOf("detective", random.int(1, 6))}@${city.site.police}`,
    approved_by: approved ? `${subjectOf(reviewer, random.int(1, 2))}@${agency}` : null,
    approved_as: approved ? reviewer : null,
    approved_at: approved ? at(confirmedOn, 11) : null,
    served_on: servedAt?.slice(0, 10) ?? null,
    served_at: servedAt,
    served_how: servedAt === null ? null : how,
    served_by: servedAt === null ? null : servedBy,
    contact_id: servedAt === null ? null : contactId,
    closed_at: closedAt,
    closed_by: closedAt === null ? null : (servedBy ?? `${subjectOf("coordinator", 1)}@${city.site.police}`),
  });
}
