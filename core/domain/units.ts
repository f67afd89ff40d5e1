/** Units of quantities that cross a boundary: durations, instants, epochs, sizes. */
import type { Brand } from "./brand.ts";

/** A duration in milliseconds. */
export type Milliseconds = Brand<number, "Milliseconds">;
/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Brand<number, "Instant">;
/** A count of finished passes over the training set: 1 after the first, 0 before it. */
export type Epoch = Brand<number, "Epoch">;
/** A size in bytes. */
export type Bytes = Brand<number, "Bytes">;

/**
 * A duration.
 * @throws {RangeError} If the number is negative or not finite.
 */
export function milliseconds(value: number): Milliseconds {
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(`Cannot make a duration of ${value} ms: it must be finite and >= 0`);
  }
  return value as Milliseconds;
}

/**
 * An instant on the clock that the caller read.
 * @throws {RangeError} If the number is not finite.
 */
export function instant(value: number): Instant {
  if (!Number.isFinite(value)) {
    throw new RangeError(`Cannot make an instant of ${value}: it must be finite`);
  }
  return value as Instant;
}

/**
 * A count of finished epochs.
 * @throws {RangeError} If the number is not an integer >= 0.
 */
export function epoch(value: number): Epoch {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`Cannot make an epoch of ${value}: it must be an integer >= 0`);
  }
  return value as Epoch;
}

/**
 * A size.
 * @throws {RangeError} If the number is not an integer >= 0.
 */
export function bytes(value: number): Bytes {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`Cannot make a size of ${value} bytes: it must be an integer >= 0`);
  }
  return value as Bytes;
}

/** Reads the present instant. Passed in wherever time matters, so that tests own it. */
export type Clock = () => Instant;
