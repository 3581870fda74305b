import { findingOf, type RiskAnswerValue } from "../../../subgraphs/advocacy/domain/risk-assessment";
import { at } from "../days";
import type { Random } from "../random";
import type { SeedSite } from "../site";
import type { AdvocacyBatch } from "./advocacy-tables";

/** Whose assessment it is: the victim's of a case, or a client's who came by herself. */
export interface Assessed {
  readonly caseId: string | null;
  readonly clientId: string | null;
  readonly outreachId: string | null;
  readonly day: string;
  readonly advocate: string;
}

const NOTES = ["She wished to answer without her sister.", "Interpreter by telephone.", "To be asked again."];

/** Adds an assessment by one of the site's instruments, and now and then one that corrects it. */
export function addAssessment(batch: AdvocacyBatch, site: SeedSite, random: Random, whose: Assessed): void {
  if (site.instruments.length === 0) return;
  const { caseId, clientId, outreachId, day, advocate } = whose;
  const instrument = random.pick(site.instruments);
  const patient = random.chance(0.6);
  const said = (): RiskAnswerValue =>
    patient
      ? random.weighted([["yes", 25], ["no", 75]] as const) // prettier-ignore
      : random.weighted([["yes", 20], ["no", 55], ["unknown", 15], ["not asked", 10]] as const); // prettier-ignore
  const add = (corrects_id: string | null, hour: number) => {
    const id = random.uuid();
    const answers = Object.fromEntries(instrument.items.map((item) => [item.id, said()]));
    batch.add("risk_assessment", {
      ...{ id, case_id: caseId, client_id: clientId, corrects_id, answers },
      ...{ instrument: instrument.id, instrument_version: instrument.version },
      ...findingOf(instrument.rule, answers),
      note: random.chance(0.2) ? random.pick(NOTES) : null,
      assessed_at: at(day, 16, 20),
      assessed_by: advocate,
      recorded_at: at(day, hour, 45),
      outreach_id: corrects_id === null ? outreachId : null,
    });
    return id;
  };
  const id = add(null, 16);
  if (random.chance(0.04)) add(id, 17);
}
