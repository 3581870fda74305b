import { all, OPAQUE, type Rows } from "./coordinate-rows";

const PROMISE = ["promises:F", "promises:L19", "promises:O"] as const;
const SETTLES = ["act:make-promise", "act:settle-promise"] as const;

export const PROMISES: Rows = {
  "SanctionPromise.id": OPAQUE,
  ...all("SanctionPromise", PROMISE, [
    "promisedTo",
    "promised",
    "text",
    "ownerAgency",
    "dueOn",
    "state",
    "isOverdue",
    "settledAt",
  ]),
  // Who said what among the partners is theirs who see the whole ledger.
  ...all("SanctionPromise", ["promises:F"], ["madeBy", "recordedAt", "settledBy", "note"]),
  "Query.overduePromises": PROMISE,
  ...all("OverduePromise", PROMISE, ["promise", "person"]),
  ...all("OverduePromisePage", PROMISE, ["promises", "endCursor", "hasNextPage"]),
  "Mutation.makePromise": ["act:make-promise"],
  "Mutation.keepPromise": ["act:settle-promise"],
  "Mutation.breakPromise": ["act:settle-promise"],
  "Mutation.withdrawPromise": ["act:settle-promise"],
  ...all("PromiseResult", SETTLES, ["promise", "problem"]),
};
