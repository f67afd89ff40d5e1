/** A surface through scattered points: the Nadaraya–Watson mean with a Gaussian kernel. */

/** Measured values at places of the unit square, by columns of equal length. */
export interface SurfaceColumns {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly value: Float64Array;
}

/** The surface at the nodes of a grid over the unit square; `values[row * columns + column]`. */
export interface KernelSurface {
  readonly columns: number;
  readonly rows: number;
  readonly values: readonly number[];
  /** Whether some point is near enough for a node's value to mean anything. */
  readonly isSupported: readonly boolean[];
}

/** How the surface is made. */
export interface KernelOptions {
  readonly columns: number;
  readonly rows: number;
  /** The kernel's standard deviation along x and y. */
  readonly bandwidths: readonly [x: number, y: number];
}

/** The weight of one point that is two bandwidths away: with less, nothing is near. */
const LEAST_WEIGHT = Math.exp(-2);
/** More points are first taken together in cells of a grid of this many by this many. */
const CELLS = 64;
const LEAST_BANDWIDTH = 0.03;
const USUAL_BANDWIDTH = 0.1;

/**
 * m(x, y) = Σ Kᵢ vᵢ / Σ Kᵢ with Kᵢ = exp(−((x − xᵢ)/hₓ)²/2 − ((y − yᵢ)/h_y)²/2): Nadaraya, "On
 * estimating regression", 1964; Watson, "Smooth regression analysis", 1964.
 */
export function kernelSurface(
  points: SurfaceColumns,
  { columns, rows, bandwidths: [hx, hy] }: KernelOptions,
): KernelSurface {
  const masses = massesOf(points);
  const across = masses.map(({ x }) => kernelRow(x, columns, hx));
  const weights = new Float64Array(columns * rows);
  const sums = new Float64Array(columns * rows);
  masses.forEach(({ y, value, weight }, index) => {
    const kx = across[index] ?? new Float64Array();
    const ky = kernelRow(y, rows, hy);
    for (let row = 0; row < rows; row++) {
      const factor = weight * (ky[row] ?? 0);
      if (factor < 1e-12) continue;
      for (let column = 0; column < columns; column++) {
        const at = row * columns + column;
        const kernel = factor * (kx[column] ?? 0);
        weights[at] = (weights[at] ?? 0) + kernel;
        sums[at] = (sums[at] ?? 0) + kernel * value;
      }
    }
  });
  return {
    columns,
    rows,
    values: Array.from(sums, (sum, at) => sum / (weights[at] ?? 0)),
    isSupported: Array.from(weights, (weight) => weight >= LEAST_WEIGHT),
  };
}

/** Scott's rule in two dimensions, h = σ n^(−1/6): "Multivariate Density Estimation", 1992, §6.3. */
export function scottBandwidths(
  { x, y }: Pick<SurfaceColumns, "x" | "y">,
): readonly [number, number] {
  return [scottBandwidth(x), scottBandwidth(y)];
}

function scottBandwidth(along: Float64Array): number {
  const n = along.length;
  let sum = 0;
  for (let at = 0; at < n; at++) sum += along[at] ?? 0;
  const mean = sum / n;
  let squares = 0;
  for (let at = 0; at < n; at++) squares += ((along[at] ?? 0) - mean) ** 2;
  const sd = n < 2 ? 0 : Math.sqrt(squares / (n - 1));
  return sd === 0 ? USUAL_BANDWIDTH : Math.max(LEAST_BANDWIDTH, sd * n ** (-1 / 6));
}

interface Mass {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  readonly weight: number;
}

/** Points as they are; very many as the centres of mass of small cells. */
function massesOf({ x, y, value }: SurfaceColumns): readonly Mass[] {
  const n = x.length;
  if (n <= CELLS * CELLS) {
    return Array.from(x, (at, place) => ({
      x: at,
      y: y[place] ?? 0,
      value: value[place] ?? 0,
      weight: 1,
    }));
  }
  const cell = (share: number): number => Math.min(CELLS - 1, Math.floor(share * CELLS));
  const cells: { x: number; y: number; value: number; weight: number }[] = [];
  for (let place = 0; place < n; place++) {
    const [atX, atY] = [x[place] ?? 0, y[place] ?? 0];
    const sum = cells[cell(atY) * CELLS + cell(atX)] ??= { x: 0, y: 0, value: 0, weight: 0 };
    sum.x += atX;
    sum.y += atY;
    sum.value += value[place] ?? 0;
    sum.weight++;
  }
  // Cells without a point are holes, which have no place in what follows.
  return cells.flatMap(({ x, y, value, weight }) => ({
    x: x / weight,
    y: y / weight,
    value: value / weight,
    weight,
  }));
}

function kernelRow(at: number, count: number, bandwidth: number): Float64Array {
  return Float64Array.from(
    { length: count },
    (_, index) => Math.exp(-0.5 * ((index / (count - 1) - at) / bandwidth) ** 2),
  );
}
