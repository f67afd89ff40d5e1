/** Linear algebra for Gaussian processes: symmetric positive definite matrices, row by row. */

/** An n × n matrix, n² numbers, row after row. */
export type SquareMatrix = Float64Array<ArrayBuffer>;
/** n numbers. */
export type Vector = Float64Array<ArrayBuffer>;

/**
 * The lower triangle L with L Lᵀ = A (Cholesky), in place: only A's lower triangle is read and
 * overwritten. False where A is not positive definite, as far as rounding lets one see.
 */
export function cholesky(a: SquareMatrix, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (a[i * n + k] ?? 0) * (a[j * n + k] ?? 0);
      if (i > j) a[i * n + j] = sum / (a[j * n + j] ?? 1);
      else if (sum > 0) a[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Solves L x = b in place. */
export function solveLower(l: SquareMatrix, b: Vector): void {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    let sum = b[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (l[i * n + k] ?? 0) * (b[k] ?? 0);
    b[i] = sum / (l[i * n + i] ?? 1);
  }
}

/** Solves Lᵀ x = b in place. */
export function solveLowerTransposed(l: SquareMatrix, b: Vector): void {
  const n = b.length;
  for (let i = n - 1; i >= 0; i--) {
    const x = (b[i] ?? 0) / (l[i * n + i] ?? 1);
    b[i] = x;
    for (let k = 0; k < i; k++) b[k] = (b[k] ?? 0) - (l[i * n + k] ?? 0) * x;
  }
}

/** log det A of the A whose Cholesky triangle this is. */
export function logDeterminant(l: SquareMatrix, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(l[i * n + i] ?? 1);
  return 2 * sum;
}

/** A⁻¹ of the A whose Cholesky triangle this is: the lower triangle; above it are zeros. */
export function inverseOf(l: SquareMatrix, n: number): SquareMatrix {
  const inverse = new Float64Array(n * n);
  const lower = invertLower(l, n);
  // A⁻¹ = L⁻ᵀ L⁻¹: row k of L⁻¹ adds its products with itself.
  for (let k = 0; k < n; k++) {
    for (let i = 0; i <= k; i++) {
      const factor = lower[k * n + i] ?? 0;
      for (let j = 0; j <= i; j++) {
        inverse[i * n + j] = (inverse[i * n + j] ?? 0) + factor * (lower[k * n + j] ?? 0);
      }
    }
  }
  return inverse;
}

/** L⁻¹: row i is e_i less the rows before it, each as often as L has it. */
function invertLower(l: SquareMatrix, n: number): SquareMatrix {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const diagonal = l[i * n + i] ?? 1;
    for (let k = 0; k < i; k++) {
      const factor = (l[i * n + k] ?? 0) / diagonal;
      for (let j = 0; j <= k; j++) {
        inverse[i * n + j] = (inverse[i * n + j] ?? 0) - factor * (inverse[k * n + j] ?? 0);
      }
    }
    inverse[i * n + i] = 1 / diagonal;
  }
  return inverse;
}
