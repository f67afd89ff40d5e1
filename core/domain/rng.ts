/**
 * The one source of randomness: a generator named by a seed and a path of labels.
 *
 * Counter-based use (`createRng(seed, "sampler", n)`) makes every draw a function of its name, not
 * of how many draws came before, so the number of workers cannot change it.
 */
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A deterministic stream of numbers. Mutable: share the name, not the object. */
export interface Rng {
  /** The next integer, uniform in [0, 2^32). */
  readonly uint32: () => number;
  /** The next number, uniform in [0, 1), 53 bits. */
  readonly uniform: () => number;
  /** The next integer, uniform in [0, bound). */
  readonly below: (bound: number) => number;
  /** The next standard normal number (Box and Muller, 1958). */
  readonly normal: () => number;
}

/** A part of a generator's name. */
export type RngLabel = string | number;

/**
 * The generator named by `seed` and `labels`; equal names give equal streams on every machine.
 *
 * @example
 * ```ts
 * import { createRng } from "./rng.ts";
 * import assert from "node:assert/strict";
 *
 * const order = createRng(1, "data", 3);
 * assert.equal(order.uint32(), createRng(1, "data", 3).uint32());
 * ```
 */
export function createRng(seed: number, ...labels: readonly RngLabel[]): Rng {
  const generator = xoroshiro128plusFromState(stateOf(JSON.stringify([seed, ...labels])));
  const uint32 = (): number => generator.next() >>> 0;
  const uniform = (): number => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  return {
    uint32,
    uniform,
    below: (bound) => below(uint32, bound),
    // 1 - u lies in (0, 1], so the logarithm is finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/**
 * A uniform permutation of 0 … length − 1 (Durstenfeld, 1964).
 * @throws {RangeError} If the length is not an integer >= 0.
 */
export function permutation(rng: Rng, length: number): Uint32Array<ArrayBuffer> {
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new RangeError(`Cannot permute ${length} items: the length must be an integer >= 0`);
  }
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    const swapped = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = swapped;
  }
  return order;
}

function below(uint32: () => number, bound: number): number {
  if (!Number.isSafeInteger(bound) || bound < 1 || bound > 2 ** 32) {
    throw new RangeError(`Cannot draw below ${bound}: the bound must be an integer in [1, 2^32]`);
  }
  // Rejection keeps every value equally likely when 2^32 is no multiple of the bound.
  const limit = 2 ** 32 - (2 ** 32 % bound);
  let value = uint32();
  while (value >= limit) value = uint32();
  return value % bound;
}

/** A state from a text: three mixed FNV-1a passes from different bases; the 1 keeps it non-zero. */
function stateOf(text: string): [number, number, number, number] {
  return [hash32(text, 0x811c9dc5), hash32(text, 0x01000193), hash32(text, 0x9e3779b9), 1];
}

function hash32(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  // The finisher of MurmurHash3 (Appleby): neighbouring labels must not give related states.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
