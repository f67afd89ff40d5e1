/** Precision, recall, F1 and support of each class, from a confusion matrix. */

/** How often each true class (row) was predicted as each class (column). */
export type ConfusionMatrix = readonly (readonly number[])[];

/** One class's scores, or an average of them. */
export interface ClassScores {
  /** Of those predicted as this class, the share that was; 0 where none was predicted. */
  readonly precision: number;
  /** Of those of this class, the share that was found; 0 where there are none. */
  readonly recall: number;
  /** Harmonic mean of both; 0 where both are 0. */
  readonly f1: number;
  /** True examples. */
  readonly support: number;
}

/** The scores of one split. */
export interface ClassificationReport {
  readonly classes: readonly (ClassScores & { readonly name: string })[];
  readonly accuracy: number;
  /** The plain mean over classes. */
  readonly macroAverage: ClassScores;
  /** The mean weighted by support. */
  readonly weightedAverage: ClassScores;
  readonly confusion: ConfusionMatrix;
}

/**
 * The report of a confusion matrix. Undefined ratios (0/0) count as 0, in the averages too.
 * @param confusion `[C, C]` counts, rows true, columns predicted.
 * @throws {RangeError} If it is not square, does not fit the names, or holds no whole counts.
 */
export function classificationReport(
  confusion: ConfusionMatrix,
  names: readonly string[],
): ClassificationReport {
  checkMatrix(confusion, names);
  const supports = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const total = supports.reduce((sum, count) => sum + count, 0);
  const correct = confusion.reduce((sum, row, c) => sum + (row[c] ?? 0), 0);
  const classes = names.map((name, c) => {
    const hits = confusion[c]?.[c] ?? 0;
    const predicted = confusion.reduce((sum, row) => sum + (row[c] ?? 0), 0);
    const support = supports[c] ?? 0;
    return {
      name,
      precision: ratio(hits, predicted),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, predicted + support),
      support,
    };
  });
  return {
    classes,
    accuracy: ratio(correct, total),
    macroAverage: average(classes, () => 1 / classes.length, total),
    weightedAverage: average(classes, ({ support }) => ratio(support, total), total),
    confusion,
  };
}

function average(
  classes: readonly ClassScores[],
  weightOf: (scores: ClassScores) => number,
  support: number,
): ClassScores {
  function mean(score: (scores: ClassScores) => number): number {
    return classes.reduce((sum, scores) => sum + weightOf(scores) * score(scores), 0);
  }
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
    support,
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function checkMatrix(confusion: ConfusionMatrix, names: readonly string[]): void {
  const isSquare = confusion.length === names.length && names.length > 0 &&
    confusion.every((row) => row.length === names.length);
  if (!isSquare) {
    throw new RangeError(
      `Cannot report on a confusion matrix: it must be square, with a row for each of ` +
        `${names.length} classes`,
    );
  }
  if (!confusion.flat().every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError("Cannot report on a confusion matrix: it must hold whole counts");
  }
}
