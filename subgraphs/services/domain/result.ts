/**
 * What a rule of this agency answers when it may refuse: a value, or a refusal with a code from a closed list.
 * Codes are for programs; a message for people is made where it is shown.
 */
export type Result<Value, Refusal extends { readonly code: string }> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal };

/** The answer "yes, this". */
export function accept<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** The answer "no, because". */
export function refuse<Refusal extends { readonly code: string }>(
  refusal: Refusal,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}
