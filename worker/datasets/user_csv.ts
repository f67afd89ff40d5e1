/** A table of the user as a task: columns in, one column to predict, standardised by what is trained on. */
import type { CsvTask } from "../../core/domain/sweep_spec.ts";
import { outputsOf } from "../../core/domain/task_kind.ts";
import { type Column, readColumn, readLevels, readNumbers } from "./csv_columns.ts";
import { type CsvTable, parseCsvTable } from "./csv_table.ts";
import {
  type Dataset,
  DatasetError,
  type Split,
  type SplitTargets,
  takeTargets,
  type TargetScale,
} from "./dataset.ts";
import {
  allExamples,
  cutExamples,
  digestOf,
  divideExamples,
  type DivideOptions,
} from "./divide.ts";
import { locateUserFile, readDatasetFile } from "./files.ts";
import { type FeatureWriter, fitFeature, type FitOptions, momentsOf } from "./standardise.ts";

/** Different texts of a column at most: each becomes an input of its own. */
export const MAX_LEVELS: number = 100;
/** Classes of a target at most. */
export const MAX_CLASSES: number = 1000;

/** Where to read from, and how to divide. */
export interface UserCsvOptions extends DivideOptions {
  /** The folder that was named with `--data-dir`, or undefined. */
  readonly dataDir: string | undefined;
  /** Ends the reading with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Reads and divides the user's table. A column of numbers becomes one input of mean 0 and deviation
 * 1 over the training rows; a column of texts becomes an input of 0 or 1 for each text. The target
 * of a regression is standardised likewise, and `targetScale` says by what.
 * @throws {DatasetError} With column and line, if the table is not as it must be.
 */
export async function openUserCsv(task: CsvTask, options: UserCsvOptions): Promise<Dataset> {
  const file = await locateUserFile(task.path, { folder: task.folder, dataDir: options.dataDir });
  const table = parseCsvTable(await readDatasetFile(file, options.signal), { file });
  const target = readTarget(table, task);
  const columns = featureNames(table, task).map((name) =>
    readColumn(table, {
      name,
      isCategorical: task.categorical.includes(name),
      maxLevels: MAX_LEVELS,
    })
  );
  return assemble({ table, task, target, columns }, options);
}

interface Parts {
  readonly table: CsvTable;
  readonly task: CsvTask;
  readonly target: Column;
  readonly columns: readonly Column[];
}

function assemble({ table, task, target, columns }: Parts, options: DivideOptions): Dataset {
  const { file, rows } = table;
  const { seed } = options;
  const cut = { seed, fraction: task.test, label: "test", name: "csv" } as const;
  const tests = cutExamples(allExamples(rows.length), cut);
  const source = { name: "csv", origin: file, count: tests.rest.length };
  const divided = divideExamples(source, options);
  const rowsOf = (places: Uint32Array): Uint32Array =>
    places.map((place) => tests.rest[place] ?? 0);
  const trainRows = rowsOf(divided.train);
  const features = columns.map((column) => fitFeature(column, { rows: trainRows, file }));
  const { targets, scale } = fitTarget(target, { rows: trainRows, file });
  const splitOf = (part: Uint32Array): Split => makeSplit(part, { features, targets });
  const train = splitOf(trainRows);
  const test = splitOf(tests.cut);
  const validation = divided.validation === null ? test : splitOf(rowsOf(divided.validation));
  const classes = target.kind === "levels" ? target.levels : [];
  return {
    name: "csv",
    digest: digestOf([train, validation, test]),
    kind: task.kind,
    classes,
    outputs: outputsOf(task.kind, classes.length),
    features: train.features,
    normalisation: null,
    modelInputs: { kind: "columns", columns: features.flatMap(({ columns }) => columns) },
    train,
    validation,
    test,
    ...(scale === null ? {} : { targetScale: scale }),
  };
}

/** The columns to predict from, in the order of the file where the task does not name them. */
function featureNames({ header, file }: CsvTable, task: CsvTask): readonly string[] {
  const names = task.features ?? header.filter((name) => name !== task.target);
  if (names.length > 0) return names;
  throw new DatasetError(`Cannot learn from "${file}": it has no column but "${task.target}"`);
}

function readTarget(table: CsvTable, { target: name, kind }: CsvTask): Column {
  if (kind === "regression") return readNumbers(table, name);
  const column = readLevels(table, { name, maxLevels: MAX_CLASSES });
  const count = column.levels.length;
  if (kind === "binary" ? count === 2 : count >= 2) return column;
  const must = kind === "binary" ? "exactly 2" : "at least 2";
  throw new DatasetError(
    `Cannot classify by column "${name}" of "${table.file}": it has ${count} classes; ` +
      `it must have ${must}`,
  );
}

function fitTarget(
  target: Column,
  { rows, file }: FitOptions,
): { readonly targets: SplitTargets; readonly scale: TargetScale | null } {
  if (target.kind === "levels") {
    return { targets: { kind: "classes", labels: target.values }, scale: null };
  }
  const { mean, std } = momentsOf(target.values, { rows, file, name: target.name });
  const values = Float32Array.from(target.values, (value) => (value - mean) / std);
  return { targets: { kind: "values", values }, scale: { mean, std } };
}

/** The rows of the table at `rows`, column by column. */
function makeSplit(
  rows: Uint32Array,
  { features, targets }: {
    readonly features: readonly FeatureWriter[];
    readonly targets: SplitTargets;
  },
): Split {
  const width = features.reduce((sum, { inputs }) => sum + inputs, 0);
  const values = new Float32Array(rows.length * width);
  for (const [position, row] of rows.entries()) {
    let at = position * width;
    for (const { inputs, write } of features) {
      write(values.subarray(at, at + inputs), row);
      at += inputs;
    }
  }
  return {
    count: rows.length,
    features: width,
    inputs: { kind: "floats", values },
    targets: takeTargets(targets, rows),
  };
}
