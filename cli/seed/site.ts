import { join } from "node:path";
import { readLetters } from "../../platform/letters/letter-files";
import { readPartners } from "../../platform/site/partners";
import { readProtocol } from "../../subgraphs/law-enforcement/protocol-file";
import type { Protocol } from "../../subgraphs/law-enforcement/domain/protocol";
import { OFFENDER_LETTERS } from "../../subgraphs/law-enforcement/domain/offender-letter";
import type { OffenderLetters } from "../../subgraphs/law-enforcement/store/letters";
import type { Instrument } from "../../subgraphs/advocacy/domain/instrument";
import { readInstruments } from "../../subgraphs/advocacy/instrument-files";
import { VICTIM_LETTERS } from "../../subgraphs/advocacy/domain/victim-letter";
import type { VictimLetters } from "../../subgraphs/advocacy/store/victim-letters";
import { readTierRules } from "../../subgraphs/law-enforcement/tier-rules-file";
import type { TierRuleSet } from "../../subgraphs/law-enforcement/domain/tier-rules";

/** The partners of a site by what they do, each by its id, and the rules by which levels are proposed. */
export interface SeedSite {
  readonly police: string;
  readonly prosecutor: string;
  readonly probation: string;
  readonly advocacy: readonly string[];
  readonly messengers: string;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly rules: TierRuleSet;
  /** What is done about each level. */
  readonly protocol: Protocol;
  /** The letters to abusive partners. */
  readonly letters: OffenderLetters;
  readonly victimLetters: VictimLetters;
  readonly instruments: readonly Instrument[];
}

/**
 * Reads what the seed needs of a site's folder. `advocacy`: the agencies that have a database.
 *
 * @throws Error when a file is not valid, or when nobody does what the city needs.
 */
export function readSeedSite(folder: string, advocacy: readonly string[]): SeedSite {
  const { agencies } = readPartners(join(folder, "partners.json"));
  const having = (role: string) => {
    const found = agencies.filter((agency) => agency.roles.includes(role));
    if (found.length === 0) throw new Error(`No agency of this site holds the role ${role}.`);
    return found;
  };
  if (advocacy.length === 0) throw new Error("The city needs at least one advocacy agency's database.");
  return {
    police: having("coordinator")[0]!.id,
    prosecutor: having("prosecutor")[0]!.id,
    probation: having("probation")[0]!.id,
    advocacy: [...advocacy].sort(),
    messengers: having("messenger")[0]!.id,
    providers: having("provider").map(({ id, name }) => ({ id, name })),
    rules: readTierRules(join(folder, "tier-rules.json")),
    protocol: readProtocol(join(folder, "protocol.json")),
    letters: readLetters(join(folder, "letters"), OFFENDER_LETTERS),
    victimLetters: readLetters(join(folder, "letters"), VICTIM_LETTERS),
    instruments: readInstruments(join(folder, "instruments")),
  };
}

/** The subject that development tokens of this role carry, e.g. "messenger-1". */
export function subjectOf(role: string, number = 1): string {
  return `${role}-${number}`;
}
