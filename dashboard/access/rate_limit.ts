/** How often somebody may ask: a bucket of tokens for each, refilled at a steady rate. */
import type { Clock } from "../../core/domain/units.ts";

/** The shape of every bucket. */
export interface RateLimitOptions {
  /** What may be asked at once. */
  readonly burst: number;
  readonly perSecond: number;
  readonly clock: Clock;
}

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** Buckets at most: the one untouched for longest goes first, and is then full again. */
const MAX_BUCKETS = 10_000;

/** Token buckets by key. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Takes one token. Null: taken; else the whole seconds until there is one. */
  take(key: string): number | null {
    const { perSecond } = this.#options;
    const { left, at } = this.#bucket(key);
    if (left < 1) return Math.ceil((1 - left) / perSecond);
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: left - 1, at });
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= MAX_BUCKETS) break;
      this.#buckets.delete(oldest);
    }
    return null;
  }

  #bucket(key: string): Bucket {
    const { burst, perSecond, clock } = this.#options;
    const at = clock();
    const known = this.#buckets.get(key);
    if (known === undefined) return { left: burst, at };
    // A clock that was set back must not empty the bucket.
    const seconds = Math.max(0, at - known.at) / 1_000;
    return { left: Math.min(burst, known.left + seconds * perSecond), at };
  }
}
