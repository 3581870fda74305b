import { createHash } from "node:crypto";
import type { Miniature } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import type { Markers, Place } from "./markers";

const WHOLE = "exposure-letter:F";
const SERVED = "exposure-letter:L18";

/** Letters that may be changed. */
export interface LettersOfMan {
  readonly toApprove: string;
  /** Nobody may approve it: it has letters that are not searched. */
  readonly unreadable: string;
}

/** A man's letters: one that is reviewed, one that was served, and drafts. `contactId`: at which it was served. */
export async function writeLetters(
  write: Miniature,
  markers: Markers,
  place: Place,
  { personId, contactId }: { readonly personId: string; readonly contactId: string | null },
): Promise<LettersOfMan> {
  const mark = markers.at(place);
  const printed = () => {
    const pdf = Buffer.from("A letter as it is printed.");
    const template = { templateId: mark.text("letter's template", WHOLE), templateVersion: 1 };
    const pdfHash = createHash("sha256").update(pdf).digest("hex");
    return { ...template, language: mark.text("letter's language", WHOLE), pdf, pdfHash };
  };
  const draft = async (what: string, text: string) => {
    const { id } = await write.letter({
      ...{ id: mark.id(`id of ${what}`, WHOLE), personId, text, state: "drafted", approvedBy: null },
      draftedBy: mark.text(`${what} drafted by`, WHOLE),
      ...printed(),
    });
    return id;
  };
  await write.letter({
    id: mark.id("id of a letter reviewed", WHOLE),
    personId,
    text: mark.text("letter reviewed", WHOLE),
    draftedAt: mark.instant("letter drafted", WHOLE),
    draftedBy: mark.text("letter drafted by", WHOLE),
    approvedBy: mark.text("letter approved by", WHOLE),
    approvedAs: "prosecutor",
    approvedAt: mark.instant("letter approved", WHOLE),
    ...printed(),
  });
  const serving = {
    servedAt: mark.instant("letter served, the hour", WHOLE),
    servedHow: "mailed" as const,
    servedBy: mark.text("letter served by", WHOLE),
  };
  await write.letter({
    id: mark.id("served letter id", WHOLE),
    personId,
    text: mark.text("served letter", WHOLE, SERVED),
    draftedAt: mark.instant("served letter drafted", WHOLE),
    draftedBy: mark.text("served letter drafted by", WHOLE),
    servedOn: mark.day("letter served", WHOLE, SERVED),
    closedAt: mark.instant("letter's service recorded", WHOLE),
    closedBy: mark.text("letter's service recorded by", WHOLE),
    ...(contactId === null ? {} : { ...serving, contactId }),
  });
  return {
    toApprove: await draft("a draft", mark.text("draft", WHOLE)),
    unreadable: await draft("an unreadable draft", "\u739b"),
  };
}

/** Somebody at level B of whom there is nothing else: a letter to him may be drafted. */
export async function writePersonAtB(write: Miniature): Promise<string> {
  const { id: personId } = await write.person();
  const { id: proposalId } = await write.proposal({ personId, level: "B", supersededAt: new Date() });
  await write.confirmation({ personId, proposalId, level: "B" });
  return personId;
}
