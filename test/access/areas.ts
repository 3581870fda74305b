import type { Area } from "./holds";

/** The areas whose tables stand in files of their own. */
export const AREAS: readonly Area[] = [];
