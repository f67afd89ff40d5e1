/**
 * The order of very many numbers, without comparing pairs: a radix sort on the bits of doubles, from
 * the least significant digit on (Knuth, "The Art of Computer Programming", vol. 3, §5.2.5).
 */

/** Bits of a digit: small enough for counts that stay in a processor's first cache. */
const DIGIT = 11;
const BUCKETS = 1 << DIGIT;
const DIGITS = Math.ceil(64 / DIGIT);

/** Which way numbers go. */
export interface NumberOrderOptions {
  readonly isDescending?: boolean;
}

/**
 * The places of numbers, the least one's first. Equal ones, such as 0 and −0, stay in their order;
 * NaN comes last, whatever the direction.
 */
export function numberOrder(
  values: Float64Array,
  { isDescending = false }: NumberOrderOptions = {},
): Uint32Array {
  const { low, high, order, count } = keysOf(values, isDescending);
  let from: Uint32Array = order.subarray(0, count);
  let to: Uint32Array = new Uint32Array(count);
  for (let digit = 0; digit < DIGITS; digit++) {
    const starts = startsOf({ low, high, from }, digit);
    if (starts === null) continue;
    for (let at = 0; at < count; at++) {
      const place = from[at] ?? 0;
      const bucket = digitOf(low[place] ?? 0, high[place] ?? 0, digit);
      const start = starts[bucket] ?? 0;
      to[start] = place;
      starts[bucket] = start + 1;
    }
    [from, to] = [to, from];
  }
  order.set(from);
  return order;
}

interface Keys {
  /** Unsigned integers in the order of the numbers, in two halves. */
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  /** The places of what is a number, then of what is none. */
  readonly order: Uint32Array;
  readonly count: number;
}

function keysOf(values: Float64Array, isDescending: boolean): Keys {
  const { length } = values;
  const [low, high] = [new Uint32Array(length), new Uint32Array(length)];
  const order = new Uint32Array(length);
  const absent: number[] = [];
  const number = new Float64Array(1);
  const halves = new DataView(number.buffer);
  const turn = isDescending ? 0xffffffff : 0;
  let count = 0;
  for (let place = 0; place < length; place++) {
    // Adding 0 makes 0 of −0.
    const value = (values[place] ?? NaN) + 0;
    if (Number.isNaN(value)) {
      absent.push(place);
      continue;
    }
    halves.setFloat64(0, value);
    const top = halves.getUint32(0);
    // Bits of positive numbers ascend as they do; those of negative ones descend.
    const isNegative = top >>> 31 === 1;
    high[place] = (isNegative ? ~top : top | 0x80000000) ^ turn;
    low[place] = (isNegative ? ~halves.getUint32(4) : halves.getUint32(4)) ^ turn;
    order[count++] = place;
  }
  order.set(absent, count);
  return { low, high, order, count };
}

/** Where each digit's places begin; null where all have the same one. */
function startsOf(
  { low, high, from }: Pick<Keys, "low" | "high"> & { readonly from: Uint32Array },
  digit: number,
): Uint32Array | null {
  const counts = new Uint32Array(BUCKETS);
  for (const place of from) {
    const bucket = digitOf(low[place] ?? 0, high[place] ?? 0, digit);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket] ?? 0;
    if (count === from.length) return null;
    counts[bucket] = start;
    start += count;
  }
  return counts;
}

function digitOf(low: number, high: number, digit: number): number {
  const shift = digit * DIGIT;
  if (shift >= 32) return high >>> shift - 32 & BUCKETS - 1;
  const inLow = low >>> shift;
  const bits = shift + DIGIT > 32 ? inLow | high << 32 - shift : inLow;
  return bits & BUCKETS - 1;
}
