import type { Told } from "../../../platform/told-request/told-once";
import type { LawEnforcementContext } from "./context";

/** A mutation as it was told under its key. */
export const toldOf = (
  { caller, now }: LawEnforcementContext,
  mutation: string,
  input: { readonly key: string },
): Told => ({ caller, key: input.key, mutation, input, now });
