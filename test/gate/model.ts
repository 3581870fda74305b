/**
 * The victim-first gate as its rules say it, in plain sums over what was done, and written without a look at how the
 * agencies keep it: a contact stays closed until each victim of his was told of it (or n attempts failed and a supervisor
 * who made none of them signed) and the advocacy side, asked afresh, says that no hold stands. No answer is a no.
 */
export const RULES = { failedAttempts: 2, releaseHoldsMs: 24 * 3_600_000 } as const;

export type Level = "A" | "B" | "C";
export const MEANS_OF: Readonly<Record<Level, readonly Means[]>> = {
  A: [],
  B: ["call-in", "custom-notification"],
  C: ["notification"],
};
export type Means = "call-in" | "custom-notification" | "notification";

/** Instants are ms. */
interface Victim {
  readonly openedAt: number;
  readonly notices: { readonly madeAt: number; readonly recordedAt: number }[];
  readonly attempts: { readonly by: string; readonly recordedAt: number }[];
  /** Those contacts for which a supervisor signed. */
  readonly signedFor: Set<ModelContact>;
}

export class ModelMan {
  level: Level | null = null;
  readonly victims: Victim[] = [];

  knows(openedAt: number): void {
    this.victims.push({ openedAt, notices: [], attempts: [], signedFor: new Set() });
  }
}

interface Hold {
  readonly by: string;
  readonly until: number;
  withdrawn: boolean;
}

export class ModelContact {
  state: "planned" | "released" | "made" | "cancelled" | "recalled" | "breached" = "planned";
  releasedAt: number | null = null;
  readonly holds: Hold[] = [];

  constructor(
    readonly man: ModelMan,
    readonly level: Level,
    readonly plannedAt: number,
  ) {}

  /** Level B always is; here nothing else. */
  private get isGated(): boolean {
    return this.level === "B";
  }

  /** A notice that came after the plan, and is written down by `now`; or a signature. */
  private wasTold({ notices, signedFor }: Victim, now: number): boolean {
    const ofThis = notices.some(
      ({ madeAt, recordedAt }) =>
        madeAt >= this.plannedAt && recordedAt > this.plannedAt && recordedAt <= now,
    );
    return ofThis || signedFor.has(this);
  }

  private fits(now: number): boolean {
    const { level, victims } = this.man;
    if (level === null || level === "A" || level !== this.level) return false;
    const known = victims.filter(({ openedAt }) => openedAt <= now);
    return !this.isGated || (known.length > 0 && known.every((victim) => this.wasTold(victim, now)));
  }

  /** Whether a supervisor may sign for a victim: n attempts since the plan failed, none of them the signer's. */
  maySign(victim: Victim, signer: string): boolean {
    const since = victim.attempts.filter(({ recordedAt }) => recordedAt > this.plannedAt);
    const enough = since.length >= RULES.failedAttempts;
    return this.state === "planned" && enough && since.every(({ by }) => by !== signer);
  }

  isHeld(now: number): boolean {
    return this.holds.some(({ until, withdrawn }) => !withdrawn && until > now);
  }

  /** As far as law enforcement knows of itself; the advocacy side aside. */
  isOpenToPolice(now: number): boolean {
    return this.state === "planned" && this.fits(now);
  }

  /** Whether he may be met now: it was released, not too long ago, and everything still holds. */
  mayBeMade(now: number): boolean {
    const { state, releasedAt } = this;
    const holds = releasedAt !== null && now >= releasedAt && now <= releasedAt + RULES.releaseHoldsMs;
    return state === "released" && holds && this.fits(now);
  }

  get isAhead(): boolean {
    return this.state === "planned" || this.state === "released";
  }
}
