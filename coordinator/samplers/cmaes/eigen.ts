/** Eigenvectors of a symmetric matrix by Jacobi's rotations: for some dozen rows. */

/** A square matrix, row after row. */
export type Matrix = readonly (readonly number[])[];

/** A = B diag(values) Bᵀ. */
export interface Eigen {
  readonly values: readonly number[];
  /** B: eigenvector k is column k. */
  readonly vectors: Matrix;
}

const SWEEPS = 50;

/** The eigenvalues and orthonormal eigenvectors (Golub and Van Loan, 2013, §8.5). */
export function eigenOf(matrix: Matrix): Eigen {
  const n = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const b = a.map((_, i) => Float64Array.from({ length: n }, (_, j) => i === j ? 1 : 0));
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a) > 0; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, b, { p, q });
    }
  }
  return { values: a.map((row, i) => row[i] ?? 0), vectors: b.map((row) => [...row]) };
}

type Rows = readonly Float64Array<ArrayBuffer>[];

/** The sum of what is not yet 0, down to what rounding leaves. */
function offDiagonal(a: Rows): number {
  let rest = 0;
  let size = 0;
  for (const [i, row] of a.entries()) {
    for (const [j, x] of row.entries()) {
      if (i === j) size += Math.abs(x);
      else rest += Math.abs(x);
    }
  }
  return rest > 1e-15 * size ? rest : 0;
}

/** Makes a[p][q] 0 by a rotation of the two axes. */
function rotate(a: Rows, b: Rows, { p, q }: { readonly p: number; readonly q: number }): void {
  const apq = a[p]?.[q] ?? 0;
  if (apq === 0) return;
  const theta = ((a[q]?.[q] ?? 0) - (a[p]?.[p] ?? 0)) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(1 + theta * theta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  const turnColumns = (rows: Rows): void => {
    for (const row of rows) {
      const x = row[p] ?? 0;
      const y = row[q] ?? 0;
      row[p] = c * x - s * y;
      row[q] = s * x + c * y;
    }
  };
  turnColumns(a);
  turnColumns(b);
  const rowP = a[p];
  const rowQ = a[q];
  if (rowP === undefined || rowQ === undefined) return;
  for (let k = 0; k < rowP.length; k++) {
    const x = rowP[k] ?? 0;
    const y = rowQ[k] ?? 0;
    rowP[k] = c * x - s * y;
    rowQ[k] = s * x + c * y;
  }
}
