/** Aligned tables without borders, no wider than the terminal. */
import { displayWidth, pad, printable, truncate } from "../terminal/text.ts";

/** One column. */
export interface Column {
  readonly header: string;
  /** By default right where every cell is a number. */
  readonly align?: "left" | "right";
  /** Never cut: its cells would be wrong rather than short. */
  readonly isWhole?: boolean;
}

/** How a table is laid out. */
export interface TableOptions {
  /** Terminal cells at most. */
  readonly width: number;
  /** What stands for text that was cut off. */
  readonly ellipsis?: string;
}

const GAP = "  ";
/** A header narrower than this says nothing. */
const LEAST_HEADER = 4;
/** Nor does a text narrower than this. */
const LEAST_TEXT = 8;
const NUMBER_REGEXP = /^[-+]?(?:[\d,]+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?%?$/i;

/**
 * The header line and a line for every row. Where they do not fit, wide columns are cut first, and
 * then the last columns are left out for an ellipsis.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width, ellipsis = "…" }: TableOptions,
): readonly string[] {
  const cells = [columns.map(({ header }) => header), ...rows]
    .map((row) => columns.map((_, index) => printable(row[index] ?? "")));
  const aligns = columns.map((column, index) => column.align ?? alignOf(cells.slice(1), index));
  const widest = (rows: readonly (readonly string[])[], index: number): number =>
    Math.max(0, ...rows.map((row) => displayWidth(row[index] ?? "")));
  const wanted = columns.map((_, index) => widest(cells, index));
  // A number that is cut is a wrong number: only its header may be. Text can lose its end.
  const least = columns.map(({ isWhole }, index) =>
    Math.min(
      wanted[index] ?? 0,
      isWhole ?? aligns[index] === "right"
        ? Math.max(LEAST_HEADER, widest(cells.slice(1), index))
        : LEAST_TEXT,
    )
  );
  const widths = fitWidths({ wanted, least, width, reserve: displayWidth(ellipsis) });
  const isCut = widths.length < columns.length;
  return cells.map((row) => {
    const shown = widths.map((cellWidth, index) =>
      pad(truncate(row[index] ?? "", cellWidth, ellipsis), cellWidth, aligns[index] ?? "left")
    );
    if (isCut) shown.push(ellipsis);
    return truncate(shown.join(GAP).trimEnd(), width, ellipsis);
  });
}

function alignOf(rows: readonly (readonly string[])[], index: number): "left" | "right" {
  const cells = rows.map((row) => row[index] ?? "").filter((cell) => cell !== "");
  return cells.length > 0 && cells.every((cell) => NUMBER_REGEXP.test(cell)) ? "right" : "left";
}

interface Fitting {
  readonly wanted: readonly number[];
  readonly least: readonly number[];
  readonly width: number;
  /** What the mark of columns left out takes. */
  readonly reserve: number;
}

/** The widths of the columns that stay: all of them where they can be cut enough. */
function fitWidths({ wanted, least, width, reserve }: Fitting): readonly number[] {
  let kept = wanted.length;
  const total = (widths: readonly number[]): number =>
    sum(widths.slice(0, kept)) + GAP.length * (kept - 1) +
    (kept < wanted.length ? GAP.length + reserve : 0);
  while (kept > 1 && total(least) > width) kept--;
  const widths = wanted.slice(0, kept);
  let excess = total(wanted) - width;
  while (excess > 0) {
    // From the column that has most to give, one cell at a time would be slow: half of it.
    const slack = widths.map((each, index) => each - (least[index] ?? 0));
    const most = Math.max(...slack);
    if (most <= 0) break;
    const index = slack.indexOf(most);
    const cut = Math.min(excess, Math.ceil(most / 2));
    widths[index] = (widths[index] ?? 0) - cut;
    excess -= cut;
  }
  return widths;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
