import { addDays, at } from "../days";
import type { Random } from "../random";
import { subjectOf, type SeedSite } from "../site";
import type { AdvocacyBatch, AssignedCase } from "./advocacy-tables";

/** Whose client it is, who recorded it, and between which days it may lie. */
interface ReleasedClient {
  readonly one: AssignedCase;
  readonly agency: string;
  readonly site: SeedSite;
  readonly advocate: string;
  /** The first day on which she could sign. */
  readonly from: string;
  readonly lastDay: string;
}

interface Paper {
  readonly agency: string;
  readonly subject?: string;
  readonly name: string;
  readonly elements: readonly string[];
  readonly purpose: string;
  readonly signedOn: string;
  readonly days: number;
  readonly revokedOn?: string;
}

/** Releases of information of one client: live ones, expired ones, revoked ones. */
export function addReleases(batch: AdvocacyBatch, released: ReleasedClient): void {
  const { one, site, from, lastDay } = released;
  const add = (paper: Paper) => addRelease(batch, released, paper);
  if (one.first) {
    const hearing = "Hearing of her order of protection";
    const prosecutor = { agency: site.prosecutor, name: "County Prosecutor, Domestic Violence Unit" };
    const detective = { agency: site.police, name: "Metro Police, Detective Division" };
    const contact = ["client-contact", "outreach-advocacy"];
    add({
      ...detective,
      elements: contact,
      purpose: "Protection at her new address",
      signedOn: from,
      days: 14,
    });
    const subject = subjectOf("detective");
    const revoked = {
      elements: ["advocate-risk"],
      purpose: "Bail hearing",
      signedOn: from,
      revokedOn: addDays(from, 2),
    };
    add({ ...detective, subject, ...revoked, days: 30 });
    add({ ...prosecutor, elements: ["client", ...contact], purpose: hearing, signedOn: lastDay, days: 90 });
    return;
  }
  // Drawn last of all, so that what a case had before stays what it was.
  const { random } = one;
  if (!random.chance(0.3)) return;
  const [agency, role, name] = random.pick([
    [site.prosecutor, "prosecutor", "County Prosecutor"],
    [site.police, "detective", "Metro Police"],
    [site.probation, "probation", "County Probation"],
  ] as const);
  const elements = random.pick([
    ["client-contact"],
    ["outreach-advocacy"],
    ["advocate-risk", "client"],
  ] as const);
  const recent = random.chance(0.5) ? addDays(lastDay, -random.int(0, 20)) : from;
  const signedOn = recent > from ? recent : from;
  const later = addDays(signedOn, random.int(1, 10));
  const subject = random.chance(0.3) ? subjectOf(role, random.int(1, 3)) : undefined;
  add({
    agency,
    name,
    elements,
    purpose: random.pick(PURPOSES),
    signedOn,
    days: random.pick([7, 14, 30]),
    ...(subject !== undefined && { subject }),
    ...(random.chance(0.25) && later <= lastDay && { revokedOn: later }),
  });
}

const PURPOSES = ["Hearing of an order", "Bail hearing", "Safety at a move", "Restitution"] as const;

function addRelease(
  batch: AdvocacyBatch,
  { one: { couple, random }, agency, advocate }: ReleasedClient,
  paper: Paper,
): void {
  const id = random.uuid();
  batch.add("release", {
    id,
    case_id: couple.caseId,
    discloser: agency,
    recipient_agency: paper.agency,
    recipient_subject: paper.subject ?? null,
    recipient_name: paper.name,
    elements: paper.elements,
    purpose: paper.purpose,
    starts_at: at(paper.signedOn, 17),
    expires_at: at(addDays(paper.signedOn, paper.days), 17),
    language: language(random),
    explained_by: advocate,
    signed_copy: `Cabinet ${random.int(1, 4)}, folder ${random.int(1, 90)}`,
    recorded_at: at(paper.signedOn, 17),
    recorded_by: advocate,
    mutation_key: id,
    input_digest: "seeded",
  });
  if (paper.revokedOn === undefined) return;
  batch.add("release_revocation", {
    release_id: id,
    revoked_at: at(paper.revokedOn, 18),
    revoked_by: advocate,
    mutation_key: id,
  });
}

function language(random: Random): string {
  return random.chance(0.8) ? "en" : "es";
}
