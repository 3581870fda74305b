import { OPAQUE, outcomeOf, type Area } from "../holds";

const PROMISE = ["promises:F", "promises:L19", "promises:O"] as const;
const WHOLE = ["promises:F"] as const;
/** Whose agency may own a promise says what became of it; that it does is a question of rows. */
const SETTLE = [
  "detective",
  "coordinator",
  "prosecutor",
  "probation",
  "advocate",
  "provider",
  "messenger",
] as const;
const NOBODY = "00000000-0000-4000-8000-000000000000";

export const PROMISES: Area = {
  doers: {
    "Mutation.makePromise": ["detective", "coordinator", "prosecutor", "probation"],
    "Mutation.keepPromise": SETTLE,
    "Mutation.breakPromise": SETTLE,
    "Mutation.withdrawPromise": SETTLE,
  },
  fields: {
    Query: { overduePromises: PROMISE },
    Mutation: {
      makePromise: outcomeOf("makePromise"),
      keepPromise: outcomeOf("keepPromise"),
      breakPromise: outcomeOf("breakPromise"),
      withdrawPromise: outcomeOf("withdrawPromise"),
    },
    SanctionPromise: {
      id: OPAQUE,
      // Who said what among the partners is theirs who see the whole ledger.
      madeBy: WHOLE,
      recordedAt: WHOLE,
      settledBy: WHOLE,
      note: WHOLE,
      "*": PROMISE,
    },
    OverduePromise: { "*": PROMISE },
    OverduePromisePage: { "*": PROMISE },
    PromiseResult: { "*": outcomeOf("keepPromise") },
  },
  given: ({ known }, role, well) => {
    const key = (number: number) => `key: "00000000-0000-4000-8000-0000000${well ? 1 : 2}0${number}00"`;
    const none = `(input: { ${key(6)}, promiseId: "${NOBODY}", expects: OPEN })`;
    return {
      "Mutation.makePromise": `(input: { ${key(8)}, personId: "${well ? known.personId : NOBODY}", promisedTo: COMMUNITY,
        promised: SANCTION, text: "t", ownerAgency: "metro-police",
        dueOn: "${new Date(Date.now() + 864_000_000).toISOString().slice(0, 10)}" })`,
      "Mutation.keepPromise": `(input: { ${key(7)}, promiseId: "${(well && known.promiseIds[role]) || NOBODY}",
        expects: OPEN, note: "n" })`,
      "Mutation.breakPromise": none,
      "Mutation.withdrawPromise": none,
    };
  },
};
