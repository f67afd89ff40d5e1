/** Columns as a network's inputs: numbers with mean 0 and deviation 1, texts as ones among zeros. */
import type { ModelInputs } from "../../core/domain/model_card.ts";
import type { Column } from "./csv_columns.ts";
import { DatasetError } from "./dataset.ts";

/** Writes a column's inputs of one row. */
export interface FeatureWriter {
  /** How many there are. */
  readonly inputs: number;
  /** Writes them into `target` [inputs], which is zero before. */
  readonly write: (target: Float32Array, row: number) => void;
  /** What the inputs stand for, one for each. */
  readonly columns: Extract<ModelInputs, { readonly kind: "columns" }>["columns"];
}

/** The rows that statistics are taken from, and names for messages. */
export interface FitOptions {
  /** The training rows: the others must not be looked at. */
  readonly rows: Uint32Array;
  readonly file: string;
}

/**
 * How to write a column.
 * @throws {DatasetError} If it is the same in all training rows: nothing can be learned from it.
 */
export function fitFeature(column: Column, options: FitOptions): FeatureWriter {
  switch (column.kind) {
    case "numbers": {
      const { values, name } = column;
      const { mean, std } = momentsOf(values, { ...options, name });
      return {
        inputs: 1,
        columns: [{ name, scale: { mean, std }, category: null }],
        write: (target, row) => {
          target[0] = ((values[row] ?? NaN) - mean) / std;
        },
      };
    }
    case "levels": {
      const { values, levels, name } = column;
      const [first = 0] = options.rows;
      if (options.rows.every((row) => values[row] === values[first])) {
        throw constantColumn(name, options);
      }
      return {
        inputs: levels.length,
        columns: levels.map((category) => ({ name, scale: { mean: 0, std: 1 }, category })),
        write: (target, row) => {
          target[values[row] ?? 0] = 1;
        },
      };
    }
    default:
      return column satisfies never;
  }
}

/**
 * The mean and the standard deviation over some rows.
 * @throws {DatasetError} If the values there are all the same, or too large to be squared.
 */
export function momentsOf(
  values: Float64Array,
  { rows, file, name }: FitOptions & { readonly name: string },
): { readonly mean: number; readonly std: number } {
  const [first = 0] = rows;
  if (rows.every((row) => values[row] === values[first])) {
    throw constantColumn(name, { rows, file });
  }
  const mean = rows.reduce((sum, row) => sum + (values[row] ?? NaN) / rows.length, 0);
  const variance = rows.reduce(
    (sum, row) => sum + ((values[row] ?? NaN) - mean) ** 2 / rows.length,
    0,
  );
  const std = Math.sqrt(variance);
  if (std > 0 && Number.isFinite(std)) return { mean, std };
  throw new DatasetError(
    `Cannot standardise column "${name}" of "${file}": its numbers are too large or too small`,
  );
}

function constantColumn(name: string, { rows, file }: FitOptions): DatasetError {
  return new DatasetError(
    `Cannot learn from column "${name}" of "${file}": it is the same in all ${rows.length} ` +
      `training rows; leave it out of features`,
  );
}
