import type { Caller } from "../caller/caller";

/** A caller as `personalCallers` names him. */
export function callerName({ agency, subject }: Pick<Caller, "agency" | "subject">): string {
  return `${agency}/${subject}`;
}

export interface AudiencesOptions {
  /** The callers (`callerName`) about whom the agency holds facts of their own: what they see, nobody else may share. */
  readonly personalCallers: () => Promise<ReadonlySet<string>>;
  /** Those who never share. */
  readonly isAlwaysPersonal: (caller: Caller) => boolean;
  /** Told once when the facts cannot be read, and once when they can be again. */
  readonly onNotice: (what: "lost" | "back") => void;
  /** ms between two readings. */
  readonly every?: number;
}

/** Who sees exactly the same rows as who, as long as somebody wants to know. */
export interface Audiences {
  /** The caller's audience, first and after each change, until `return()`. Callers of one audience see the same rows. */
  watch(caller: Caller): AsyncIterableIterator<string, void>;
  /**
   * Whether the caller's audience is one of these, by facts that are read after the call. False when they cannot be read.
   */
  isIn(caller: Caller, audiences: readonly string[]): Promise<boolean>;
}

/** A change is to be known well within the two seconds that it may take to have its effect. */
const EVERY_MS = 1_000;
/** ms after which a reading counts as failed. */
const READ_LIMIT = 2_000;

interface Watcher {
  readonly caller: Caller;
  tell(): void;
}

/**
 * Reads the facts at most once a second for everybody together, and not at all while nobody watches. When they cannot be
 * read everybody is an audience of his own.
 */
export function createAudiences(options: AudiencesOptions): Audiences {
  const { personalCallers, isAlwaysPersonal, onNotice, every = EVERY_MS } = options;
  const watchers = new Set<Watcher>();
  /** Null: not known. */
  let personal: ReadonlySet<string> | null = null;
  let known = false;
  let lost = false;
  let reading = false;

  function audienceOf(caller: Caller, known: ReadonlySet<string> | null): string {
    const shared = [caller.roles.join(" "), caller.agency];
    const alone = known === null || isAlwaysPersonal(caller) || known.has(callerName(caller));
    return JSON.stringify(alone ? [...shared, caller.subject] : shared);
  }

  let now: Promise<unknown> = Promise.resolve();
  let next: Promise<ReadonlySet<string> | null> | undefined;
  /** A reading that has not begun yet: one for all who ask while another is under way. */
  function readNext(): Promise<ReadonlySet<string> | null> {
    next ??= now.then(() => {
      next = undefined;
      const facts = inTime(personalCallers()).catch(() => null);
      now = facts;
      return facts;
    });
    return next;
  }

  async function readOn(): Promise<void> {
    if (reading) return;
    reading = true;
    while (watchers.size > 0) {
      personal = await inTime(personalCallers()).catch(() => null);
      if (lost !== (personal === null)) onNotice(personal === null ? "lost" : "back");
      lost = personal === null;
      known = true;
      for (const watcher of watchers) watcher.tell();
      await pause(every);
    }
    // What was read is old by the time that somebody comes.
    [reading, known] = [false, false];
  }

  return {
    isIn: async (caller, audiences) => audiences.includes(audienceOf(caller, await readNext())),
    watch(caller) {
      let left = false;
      let stirred = known;
      let wake: () => void = () => undefined;
      const stir = () => {
        stirred = true;
        wake();
      };
      const watcher: Watcher = { caller, tell: stir };
      watchers.add(watcher);
      void readOn();
      const leave = () => {
        left = true;
        watchers.delete(watcher);
        stir();
      };

      async function* run(): AsyncGenerator<string, void> {
        let last: string | undefined;
        try {
          while (!left) {
            if (!stirred) await new Promise<void>((resolve) => (wake = resolve));
            stirred = false;
            const audience = audienceOf(caller, personal);
            if (left || audience === last) continue;
            last = audience;
            yield audience;
          }
        } finally {
          leave();
        }
      }

      const audiences = run();
      return {
        next: () => audiences.next(),
        return() {
          leave();
          return audiences.return();
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}

/** Keeps no process alive. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

async function inTime<T>(read: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The agency did not answer in time.")), READ_LIMIT);
  });
  try {
    return await Promise.race([read, late]);
  } finally {
    clearTimeout(timer);
  }
}
