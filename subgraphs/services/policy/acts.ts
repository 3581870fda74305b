import { createCapacityActs, type CapacityActs } from "./capacity-acts";
import type { Actor } from "./actor";
import { createNeedActs, type NeedActs } from "./need-acts";
import { createPart2Acts, type Part2Acts } from "./part2-acts";
import { createPromiseActs, type PromiseActs } from "./promise-acts";
import { createReferralActs, type ReferralActs } from "./referral-acts";
import { createSmallHelpActs, type SmallHelpActs } from "./small-help-acts";

/** What may be done, by area. */
export interface Acts {
  readonly capacity: CapacityActs;
  readonly needs: NeedActs;
  readonly smallHelp: SmallHelpActs;
  readonly referrals: ReferralActs;
  readonly part2: Part2Acts;
  readonly promises: PromiseActs;
}

/** Finds a record as its reader sees it; null: it is not his to see. */
type Find = (id: string) => Promise<object | null>;

/** What the reader may do with the records that he finds. */
export function createActs(
  actor: Actor,
  find: { readonly need: Find; readonly smallHelp: Find; readonly referral: Find },
): Acts {
  const sees = (look: Find) => async (id: string) => (await look(id)) !== null;
  return {
    capacity: createCapacityActs(actor),
    needs: createNeedActs(actor, sees(find.need)),
    smallHelp: createSmallHelpActs(actor, sees(find.smallHelp)),
    referrals: createReferralActs(actor, sees(find.referral)),
    part2: createPart2Acts(actor, sees(find.referral)),
    promises: createPromiseActs(actor),
  };
}
