/** Text of comma-separated values (RFC 4180) as a table of texts in which each row knows its line. */
import { CsvError, parse } from "csv-parse/sync";
import { DatasetError } from "./dataset.ts";

/** A header and what is under it. */
export interface CsvTable {
  /** The file's name, for messages. */
  readonly file: string;
  /** The names of the columns: each once, none empty. */
  readonly header: readonly string[];
  /** At least one; each has as many cells as the header. */
  readonly rows: readonly CsvRow[];
}

/** One record of the file. */
export interface CsvRow {
  /** Where it ends in the file, from 1: a quoted cell may have several lines. */
  readonly line: number;
  /** As they are between the delimiters, without quotes and outer blanks; line ends are LF. */
  readonly cells: readonly string[];
}

/** What may stand between cells; the header tells which it is. */
const DELIMITERS: readonly string[] = [",", ";", "\t"];
/** The most bytes of a file: it is held as text, as cells and as numbers. */
export const MAX_CSV_BYTES: number = 32 * 1024 * 1024;

/**
 * Parses a table.
 * @throws {DatasetError} With the line, if the text is no table with a header.
 */
export function parseCsvTable(bytes: Uint8Array, { file }: { readonly file: string }): CsvTable {
  if (bytes.length > MAX_CSV_BYTES) {
    throw new DatasetError(
      `Cannot read "${file}": it has ${bytes.length} bytes; it must have at most ${MAX_CSV_BYTES}`,
    );
  }
  const [first, ...rows] = parseRows(decodeText(bytes, file), file);
  if (first === undefined) {
    throw new DatasetError(`Cannot read "${file}": it is empty; it must have a header and rows`);
  }
  checkHeader(first.cells, file);
  const ragged = rows.find(({ cells }) => cells.length !== first.cells.length);
  if (ragged !== undefined) {
    throw new DatasetError(
      `Cannot read "${file}": line ${ragged.line} has ${ragged.cells.length} values; ` +
        `it must have ${first.cells.length}, as the header has`,
    );
  }
  if (rows.length === 0) {
    throw new DatasetError(`Cannot read "${file}": it has a header alone; it must have rows`);
  }
  return { file, header: first.cells, rows };
}

/** Whether a cell is a number as programs write it: a point, no spaces, no thousands separators. */
export function isNumber(cell: string): boolean {
  return NUMBER_REGEXP.test(cell) && Number.isFinite(Number(cell));
}

const NUMBER_REGEXP = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function decodeText(bytes: Uint8Array, file: string): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // One kind of line end for all: the parser would count two lines for CR LF inside quotes.
    return text.includes("\n") ? text.replaceAll("\r\n", "\n") : text.replaceAll("\r", "\n");
  } catch (error) {
    throw new DatasetError(`Cannot read "${file}": it is no text in UTF-8`, { cause: error });
  }
}

function parseRows(text: string, file: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: "\n",
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (cells: readonly string[], { lines }) => {
        rows.push({ line: lines, cells: cells.map((cell) => cell.trim()) });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DatasetError(`Cannot read "${file}": ${error.message}`, { cause: error });
  }
  return rows;
}

/** The delimiter that the header has most of, quoted parts left out. */
function delimiterOf(text: string): string {
  const [header = ""] = text.replace(/"[^"]*"/g, "").replace(/^\n+/, "").split("\n", 1);
  const counted = DELIMITERS.map((delimiter) => ({
    delimiter,
    count: header.split(delimiter).length,
  })).sort((a, b) => b.count - a.count);
  return counted[0]?.delimiter ?? ",";
}

function checkHeader(header: readonly string[], file: string): void {
  if (header.every(isNumber)) {
    throw new DatasetError(
      `Cannot read "${file}": its first line has numbers alone; it must have the columns' names`,
    );
  }
  for (const [column, name] of header.entries()) {
    if (name === "") {
      throw new DatasetError(`Cannot read "${file}": column ${column + 1} has no name in line 1`);
    }
    if (header.indexOf(name) !== column) {
      throw new DatasetError(`Cannot read "${file}": two columns have the name "${name}"`);
    }
  }
}
