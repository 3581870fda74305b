import { LEVERS } from "./area-levers";
import { BREACHES } from "./breaches";
import type { Area } from "./holds";
import { OUTREACH } from "./outreach";

/** The areas whose tables stand in files of their own. */
export const AREAS: readonly Area[] = [BREACHES, LEVERS, OUTREACH];
