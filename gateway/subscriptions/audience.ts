import type { Headers } from "./feed";
import type { Upstream, UpstreamEvent, UpstreamListener } from "./upstream";

/** ms before a lost watch is opened again: streams that are shared wait for it. */
const WAIT = 200;
const NOTHING = () => undefined;
/** ms that an agency may take to say it anew: longer than its own reading of the facts may take. */
const PATIENCE = 5_000;
/** ms before an agency that refused is asked again. */
const LONG_WAIT = 10_000;

/**
 * Which audience one caller belongs to at one agency, watched for as long as the caller has streams. There are two or more for
 * every subscriber, so it listens itself.
 */
export class Audience implements UpstreamListener {
  private current: string | undefined;
  private closeUpstream: (() => void) | undefined;
  private reopening: NodeJS.Timeout | undefined;
  private impatience: NodeJS.Timeout | undefined;
  private isClosed = false;
  private settle: () => void = NOTHING;
  /** Settled when the agency has said it, or could not. */
  readonly settled = new Promise<void>((resolve) => {
    this.settle = resolve;
  });

  constructor(
    private readonly upstream: Pick<Upstream, "open" | "unsure">,
    private readonly headersNow: () => Headers,
    private readonly changed: () => void,
  ) {
    this.connect();
  }

  /**
   * Undefined: not known, so the caller shares with nobody. Kept while the connection is lost, when nothing is read; shared
   * streams are not read again before all who share have been told anew (`Upstream.unsure`).
   */
  get value(): string | undefined {
    return this.current;
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.reopening);
    this.isSure();
    this.closeUpstream?.();
  }

  private connect(): void {
    if (this.upstream.unsure.has(this)) {
      this.impatience = setTimeout(() => this.become(undefined), PATIENCE);
    }
    this.closeUpstream = this.upstream.open("watch", this.headersNow(), this);
  }

  event({ audience }: UpstreamEvent): void {
    if (audience !== undefined) this.become(audience);
  }

  lost(): void {
    clearTimeout(this.impatience);
    if (!this.isClosed && this.current !== undefined) this.upstream.unsure.add(this);
    this.later(WAIT);
  }

  ended(): void {
    this.become(undefined);
    this.later(LONG_WAIT);
  }

  private isSure(): void {
    clearTimeout(this.impatience);
    this.upstream.unsure.delete(this);
  }

  private become(audience: string | undefined): void {
    this.isSure();
    const hasChanged = audience !== this.current;
    this.current = audience;
    this.settle();
    this.settle = NOTHING;
    if (hasChanged && !this.isClosed) this.changed();
  }

  private later(wait: number): void {
    this.settle();
    if (this.isClosed) return;
    this.reopening = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
  }
}

/** The audiences of one caller, at every agency that its streams read. */
export class Audiences {
  private readonly watched = new Map<string, Audience>();
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly upstreams: ReadonlyMap<string, Pick<Upstream, "open" | "unsure">>,
    private readonly headersNow: () => Headers,
  ) {}

  /** Watches the agencies, and calls back whenever one of the caller's audiences changes. Returns the way to stop. */
  watch(
    subgraphs: readonly string[],
    changed: () => void,
  ): { readonly settled: Promise<unknown>; readonly stop: () => void } {
    this.listeners.add(changed);
    const settled = subgraphs.map((subgraph) => this.at(subgraph).settled);
    return {
      settled: Promise.all(settled),
      stop: () => {
        this.listeners.delete(changed);
        if (this.listeners.size === 0) this.close();
      },
    };
  }

  /** What the caller shares with others, at these agencies; undefined: nothing known, or not everywhere. */
  at(subgraph: string): Audience {
    let audience = this.watched.get(subgraph);
    if (!audience) {
      const upstream = this.upstreams.get(subgraph);
      if (!upstream) throw new Error(`The subgraph ${subgraph} has no address.`);
      audience = new Audience(upstream, this.headersNow, () => {
        for (const listener of this.listeners) listener();
      });
      this.watched.set(subgraph, audience);
    }
    return audience;
  }

  /** The audiences at these agencies; undefined while one of them is not known. */
  of(subgraphs: readonly string[]): readonly string[] | undefined {
    const values = subgraphs.map((subgraph) => this.at(subgraph).value);
    const known = values.filter((value) => value !== undefined);
    return known.length < values.length ? undefined : known;
  }

  close(): void {
    for (const audience of this.watched.values()) audience.close();
    this.watched.clear();
  }
}
