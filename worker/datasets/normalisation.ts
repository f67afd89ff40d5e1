/** How a byte of an example becomes a network's input: (byte / 255 − mean) / std, by table. */

/** The mean and standard deviation of one plane (colour channel), over bytes scaled to [0, 1]. */
export interface PlaneStatistics {
  /** The mean, in [0, 1]. */
  readonly mean: number;
  /** The standard deviation, > 0. */
  readonly std: number;
}

/** A table with one row of 256 inputs for each plane; an example is its planes one after the other. */
export interface Normalisation {
  /** How many planes an example has; each holds the same number of features. */
  readonly planes: number;
  /** `planes × 256` inputs: `table[plane * 256 + byte]`. */
  readonly table: Float32Array;
}

/**
 * The table for examples whose planes have these statistics.
 * @throws {RangeError} If there is no plane or a standard deviation is not positive.
 */
export function createNormalisation(planes: readonly PlaneStatistics[]): Normalisation {
  if (planes.length === 0) {
    throw new RangeError("Cannot make a normalisation of 0 planes: it must have at least one");
  }
  const table = new Float32Array(planes.length * 256);
  for (const [plane, { mean, std }] of planes.entries()) {
    if (!(std > 0)) {
      throw new RangeError(`Cannot normalise plane ${plane}: its std is ${std}; it must be > 0`);
    }
    for (let byte = 0; byte < 256; byte++) table[plane * 256 + byte] = (byte / 255 - mean) / std;
  }
  return { planes: planes.length, table };
}
