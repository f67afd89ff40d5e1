/** Columns of a table as typed values: numbers, or one of several texts. */
import { didYouMean } from "../../core/domain/nearest_name.ts";
import { type CsvTable, isNumber } from "./csv_table.ts";
import { DatasetError } from "./dataset.ts";

/** A column's values, row by row. */
export type Column = NumberColumn | LevelColumn;

/** A column of numbers. */
export interface NumberColumn {
  readonly kind: "numbers";
  readonly name: string;
  readonly values: Float64Array;
}

/** A column of texts, or of numbers that are names. */
export interface LevelColumn {
  readonly kind: "levels";
  readonly name: string;
  /** The different texts: in the order of numbers where all are numbers, else of characters. */
  readonly levels: readonly string[];
  /** Places in `levels`. */
  readonly values: Uint16Array;
}

/** What of a column is used. */
export interface ColumnRequest {
  readonly name: string;
  /** Whether numbers are names, too. */
  readonly isCategorical: boolean;
  /** Different texts at most. */
  readonly maxLevels: number;
}

/** What programs write where they have no value; compared without case. */
const MISSING: readonly string[] = ["", "na", "n/a", "nan", "null", "?"];
/** Characters of a cell shown in a message. */
const SHOWN_LENGTH = 40;

/**
 * A column with its type: numbers if every cell is one, texts if none is.
 * @throws {DatasetError} If there is no such column, a value is missing, or the column mixes both.
 */
export function readColumn(table: CsvTable, request: ColumnRequest): Column {
  const cells = cellsOf(table, request.name);
  const found = cells.findIndex(isNumber);
  const odd = cells.findIndex((cell) => !isNumber(cell));
  if (request.isCategorical || found === -1) return levelsOf(table, { ...request, cells });
  if (odd === -1) return { kind: "numbers", name: request.name, values: numbersOf(cells) };
  throw new DatasetError(
    `Cannot use column "${request.name}" of "${table.file}": line ${lineOf(table, found)} has ` +
      `${shown(cells[found])} and line ${lineOf(table, odd)} has ${shown(cells[odd])}; it must ` +
      `have numbers alone, or be named under categorical`,
  );
}

/**
 * A column of which every cell must be a number.
 * @throws {DatasetError} If there is no such column, a value is missing, or is no number.
 */
export function readNumbers(table: CsvTable, name: string): NumberColumn {
  const cells = cellsOf(table, name);
  const odd = cells.findIndex((cell) => !isNumber(cell));
  if (odd === -1) return { kind: "numbers", name, values: numbersOf(cells) };
  throw new DatasetError(
    `Cannot use column "${name}" of "${table.file}": line ${lineOf(table, odd)} has ` +
      `${shown(cells[odd])}; it must be a number`,
  );
}

/**
 * A column whose cells are names, even where they are numbers.
 * @throws {DatasetError} If there is no such column, a value is missing, or they are too many.
 */
export function readLevels(
  table: CsvTable,
  request: Omit<ColumnRequest, "isCategorical">,
): LevelColumn {
  return levelsOf(table, { ...request, cells: cellsOf(table, request.name) });
}

/** The cells of a column, none of them missing. */
function cellsOf({ file, header, rows }: CsvTable, name: string): readonly string[] {
  const column = header.indexOf(name);
  if (column === -1) {
    const hint = didYouMean(name, header) || `: it has ${shownNames(header)}`;
    throw new DatasetError(`Cannot find column "${name}" in "${file}"${hint}`);
  }
  const cells = rows.map((row) => row.cells[column] ?? "");
  const missing = cells.flatMap((cell, row) => MISSING.includes(cell.toLowerCase()) ? [row] : []);
  const [first, ...others] = missing;
  if (first === undefined) return cells;
  const more = others.length === 0 ? "" : ` and in ${others.length} more`;
  throw new DatasetError(
    `Cannot use column "${name}" of "${file}": it has no value (${shown(cells[first])}) ` +
      `in line ${rows[first]?.line}${more}; fill it in, leave the rows out, or leave the column ` +
      `out of features`,
  );
}

function levelsOf(
  table: CsvTable,
  { name, maxLevels, cells }: Omit<ColumnRequest, "isCategorical"> & {
    readonly cells: readonly string[];
  },
): LevelColumn {
  const distinct = [...new Set(cells)];
  if (distinct.length > maxLevels) {
    const isDecimalComma = distinct.every((text) => /^[+-]?\d+,\d+$/.test(text));
    throw new DatasetError(
      `Cannot use column "${name}" of "${table.file}": it has ${distinct.length} different ` +
        `texts such as ${shown(distinct[0])}; it must have at most ${maxLevels}` +
        (isDecimalComma ? ", or numbers with a decimal point" : ""),
    );
  }
  const levels = distinct.every(isNumber)
    ? distinct.sort((a, b) => Number(a) - Number(b) || compareTexts(a, b))
    : distinct.sort(compareTexts);
  const places = new Map(levels.map((level, place) => [level, place]));
  const values = Uint16Array.from(cells, (cell) => places.get(cell) ?? 0);
  return { kind: "levels", name, levels, values };
}

/** By code units: the same on every machine, whatever its language. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function numbersOf(cells: readonly string[]): Float64Array {
  return Float64Array.from(cells, Number);
}

function lineOf({ rows }: CsvTable, row: number): number {
  return rows[row]?.line ?? 0;
}

function shown(cell: string | undefined): string {
  const text = cell ?? "";
  return JSON.stringify(text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text);
}

function shownNames(header: readonly string[]): string {
  const names = header.slice(0, 20).join(", ");
  return header.length > 20 ? `${names}, … (${header.length} columns)` : names;
}
