/** Tables of a page as CSV, which a spreadsheet opens without running what is in it. Pure. */
import { csvRecord, type CsvValue } from "../../../core/views/csv.ts";

/** A table as texts: a caption that may be empty, and rows of cells. */
export interface TextTable {
  readonly caption: string;
  readonly rows: readonly (readonly string[])[];
}

/** All tables, each under its caption, with an empty line between them. */
export function tablesToCsv(tables: readonly TextTable[]): string {
  return tables.map(({ caption, rows }) =>
    (caption === "" ? "" : csvRecord([caption])) +
    rows.map((cells) => csvRecord(cells.map(valueOf))).join("")
  ).join("\r\n");
}

/** Numbers lose the commas that separate thousands; a dash for nothing becomes nothing. */
function valueOf(text: string): CsvValue {
  const trimmed = text.trim();
  if (trimmed === "–") return null;
  const plain = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(trimmed)
    ? trimmed.replaceAll(",", "")
    : trimmed;
  const isNumber = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(plain);
  return isNumber && String(Number(plain)) === plain ? Number(plain) : plain;
}
