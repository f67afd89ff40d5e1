/** Aligned tables without borders, no wider than the terminal. */
import { displayWidth, pad, printable, truncate } from "../terminal/text.ts";

/** One column. */
export interface Column {
  readonly header: string;
  /** By default right where every cell is a number. */
  readonly align?: "left" | "right";
  /** Never cut: its cells would be wrong rather than short. */
  readonly isWhole?: boolean;
  /** Left out first where there is no room for all columns. */
  readonly isOptional?: boolean;
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
 * The header line and a line for every row. Where they do not fit, text is cut first; then columns
 * are left out for an ellipsis, from the right, optional ones before the others.
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
    // Not by spreading: a large sweep has more rows than a call can have arguments.
    rows.reduce((most, row) => Math.max(most, displayWidth(row[index] ?? "")), 0);
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
  const mark = displayWidth(ellipsis);
  const kept = keptColumns(columns, { least, width, mark });
  const isCut = kept.length < columns.length;
  const widths = shrink({
    wanted: kept.map((index) => wanted[index] ?? 0),
    // A last column that is still too wide has to give way.
    least: kept.map((index) => kept.length === 1 ? 1 : least[index] ?? 0),
    width: isCut ? width - GAP.length - mark : width,
  });
  return cells.map((row) => {
    const shown = kept.map((index, place) => {
      const cellWidth = widths[place] ?? 0;
      const text = truncate(row[index] ?? "", cellWidth, ellipsis);
      return pad(text, cellWidth, aligns[index] ?? "left");
    });
    if (isCut) shown.push(ellipsis);
    return truncate(shown.join(GAP).trimEnd(), width, ellipsis);
  });
}

function alignOf(rows: readonly (readonly string[])[], index: number): "left" | "right" {
  const cells = rows.map((row) => row[index] ?? "").filter((cell) => cell !== "");
  return cells.length > 0 && cells.every((cell) => NUMBER_REGEXP.test(cell)) ? "right" : "left";
}

/** The columns that there is room for, by their index. */
function keptColumns(
  columns: readonly Column[],
  { least, width, mark }: {
    readonly least: readonly number[];
    readonly width: number;
    /** What the mark of columns left out takes. */
    readonly mark: number;
  },
): readonly number[] {
  let kept = columns.map((_, index) => index);
  const needed = (): number =>
    lineWidth(kept.map((index) => least[index] ?? 0)) +
    (kept.length < columns.length ? GAP.length + mark : 0);
  while (kept.length > 1 && needed() > width) {
    const leaving = kept.findLast((index) => columns[index]?.isOptional === true) ?? kept.at(-1);
    kept = kept.filter((index) => index !== leaving);
  }
  return kept;
}

/** Widths between the least and the wanted ones that fit, if any do. */
function shrink({ wanted, least, width }: {
  readonly wanted: readonly number[];
  readonly least: readonly number[];
  readonly width: number;
}): readonly number[] {
  const widths = [...wanted];
  let excess = lineWidth(widths) - width;
  while (excess > 0) {
    // From the column that has most to give, half of it: one cell at a time would be slow.
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

function lineWidth(widths: readonly number[]): number {
  return widths.reduce((total, each) => total + each, 0) + GAP.length * (widths.length - 1);
}
