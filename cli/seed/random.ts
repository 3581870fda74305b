import { createHash } from "node:crypto";

/**
 * Repeatable random choices: xoshiro128** (Blackman and Vigna, 2018), started from a digest of a name. The same name
 * gives the same choices on every machine. Not for secrets.
 */
export class Random {
  private constructor(
    private readonly name: string,
    private readonly state: Uint32Array,
  ) {}

  /** The choices that belong to `name`. */
  static named(name: string): Random {
    const digest = createHash("sha256").update(name).digest();
    return Random.fromState(
      [0, 4, 8, 12].map((at) => digest.readUInt32LE(at)),
      name,
    );
  }

  /** The generator in a given state of four words, not all zero: for the published reference sequence. */
  static fromState(words: readonly number[], name = ""): Random {
    return new Random(name, Uint32Array.from(words));
  }

  /** Choices of their own for a part: what else is drawn here never changes what is drawn there. */
  fork(part: string): Random {
    return Random.named(`${this.name}/${part}`);
  }

  /** 32 random bits. */
  next(): number {
    const s = this.state;
    const result = Math.imul(rotated(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const t = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = rotated(s[3]!, 11);
    return result;
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    return from + Math.floor((this.next() / 2 ** 32) * (to - from + 1));
  }

  /** True in this share of cases, 0 to 1. */
  chance(share: number): boolean {
    return this.next() / 2 ** 32 < share;
  }

  /** One of them, each as likely. */
  pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.int(0, choices.length - 1)]!;
  }

  /** One of them, as likely as its weight says. */
  weighted<Choice>(choices: readonly (readonly [Choice, number])[]): Choice {
    const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
    let left = (this.next() / 2 ** 32) * total;
    for (const [choice, weight] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return choices.at(-1)![0];
  }

  /** A UUID of version 4. */
  uuid(): string {
    const hex = Array.from({ length: 4 }, () => this.next().toString(16).padStart(8, "0")).join("");
    const variant = "89ab"[Number.parseInt(hex[16]!, 16) & 3]!;
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20)];
    return [...parts, hex.slice(20)].join("-");
  }
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
