import DataLoader from "dataloader";
import { In, type DataSource, type EntityManager } from "typeorm";
import type { Unsafe } from "../domain/safe-contact";
import {
  decideVictimLetter,
  type VICTIM_LETTERS,
  type VictimLetterEvent,
  type VictimLetterRefusal,
  type VictimLetterState,
} from "../domain/victim-letter";
import type { Deed } from "./safe-contact";
import { OutreachRow } from "./entities/outreach";
import { VictimLetterRow } from "./entities/victim-letter";
import { dayIn } from "../../../platform/letters/day-in";
import type { SiteLetters } from "../../../platform/letters/letter-files";
import { printLetter, type PrintRefusal } from "../../../platform/letters/print-letter";

/** The site's letters to victims. */
export type VictimLetters = SiteLetters<typeof VICTIM_LETTERS>;

/** Like Outcome of a telling, with what this agency may refuse. */
type Outcome<Code extends string> =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly refusal: { readonly code: Code } };

/** The files of letters, by the letters' ids; read with one statement for all that are asked for at once. */
export function letterFiles(database: DataSource): DataLoader<string, Buffer | null> {
  return new DataLoader(async (ids) => {
    const rows = await database
      .getRepository(VictimLetterRow)
      .find({ select: { id: true, pdf: true }, where: { id: In([...ids]) } });
    const byId = new Map(rows.map(({ id, pdf }) => [id, pdf]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** Drafts a letter about a case of the caseload to which a letter is safe: whoever calls has made sure of both. */
export async function draftVictimLetter(
  manager: EntityManager,
  told: {
    readonly caseId: string;
    readonly language: string;
    readonly name: string;
    readonly advocate: string;
  },
  letters: VictimLetters,
  { by, now }: Deed,
): Promise<Outcome<"LANGUAGE_NOT_OFFERED" | PrintRefusal["code"]>> {
  const { caseId, language, name, advocate } = told;
  if (!letters.languages.includes(language)) return { ok: false, refusal: { code: "LANGUAGE_NOT_OFFERED" } };
  const written = letters.write("victim-letter", language, { name, advocate, date: dayIn(language, now) });
  const printed = printLetter(written.text, { font: letters.font, language, createdAt: now });
  if (!printed.ok) return printed;
  const { pdf, sha256 } = printed.value;
  const { id } = await manager.save(
    manager.create(VictimLetterRow, {
      ...{ caseId, state: "drafted", language, pdf, pdfHash: sha256, draftedAt: now, draftedBy: by },
      ...written,
    }),
  );
  return { ok: true, value: id };
}

/** Takes a letter a step further; one that is mailed is an outreach as well. */
export async function moveVictimLetter(
  manager: EntityManager,
  seen: VictimLetterRow,
  event: VictimLetterEvent,
  { expects, unsafe }: { readonly expects: VictimLetterState; readonly unsafe: Unsafe },
  { by, now }: Deed,
): Promise<Outcome<VictimLetterRefusal | "STALE">> {
  const letter = await manager.findOneOrFail(VictimLetterRow, {
    where: { id: seen.id },
    lock: { mode: "pessimistic_write" },
  });
  if (letter.state !== expects) return { ok: false, refusal: { code: "STALE" } };
  const step = decideVictimLetter(letter, event, by, unsafe);
  if (!step.ok) return step;
  const record = event === "approve" ? { approvedAt: now, approvedBy: by } : { closedAt: now, closedBy: by };
  await manager.update(VictimLetterRow, letter.id, { state: step.value, ...record });
  if (event === "mail") {
    const sent = {
      kind: "letter",
      outcome: "sent",
      madeAt: now,
      madeBy: by,
      note: null,
      againstSafeContact: false,
    } as const;
    await manager.insert(OutreachRow, { caseId: letter.caseId, ...sent, recordedAt: now });
  }
  return { ok: true, value: letter.id };
}
