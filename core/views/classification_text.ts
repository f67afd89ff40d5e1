/** A classification report as text, laid out as scikit-learn's `classification_report` prints it. */
import type { ClassificationReport, ClassScores } from "../domain/classification_report.ts";

const COLUMNS = ["precision", "recall", "f1-score", "support"];
const COLUMN_WIDTH = 9;
const WEIGHTED = "weighted avg";

/**
 * The table, with an empty line after the header and after the classes, and a final line end.
 * @param options.digits Decimals of the scores, 2 unless told.
 */
export function formatClassificationReport(
  report: ClassificationReport,
  { digits = 2 }: { readonly digits?: number } = {},
): string {
  const nameWidth = Math.max(...report.classes.map(({ name }) => [...name].length));
  const width = Math.max(nameWidth, WEIGHTED.length, digits);
  // scikit-learn counts in floating point where not one prediction was right, and prints it so.
  const isAllWrong = report.accuracy === 0;
  function count(support: number): string {
    return isAllWrong ? support.toFixed(1) : `${support}`;
  }
  function line(name: string, cells: readonly string[]): string {
    return `${padStart(name, width)} ` +
      cells.map((cell) => ` ${cell.padStart(COLUMN_WIDTH)}`).join("");
  }
  function scores(name: string, { precision, recall, f1, support }: ClassScores): string {
    const cells = [precision, recall, f1].map((value) => formatFixed(value, digits));
    return line(name, [...cells, count(support)]);
  }
  return [
    line("", COLUMNS),
    "",
    ...report.classes.map((row) => scores(row.name, row)),
    "",
    line("accuracy", [
      "",
      "",
      formatFixed(report.accuracy, digits),
      count(report.macroAverage.support),
    ]),
    scores("macro avg", report.macroAverage),
    scores(WEIGHTED, report.weightedAverage),
    "",
  ].join("\n");
}

/** Names are aligned by characters, not by UTF-16 units. */
function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - [...text].length)) + text;
}

/**
 * A number with so many decimals, as Python formats it: `toFixed` rounds an exact tie up, Python
 * to the even digit.
 */
export function formatFixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  // Only a multiple of 2⁻⁽ᵈ⁺¹⁾ can lie exactly between two decimals; scaling by 2ᵏ is exact.
  const halves = value * 2 * 10 ** digits;
  const isTie = Number.isInteger(value * 2 ** (digits + 1)) && Math.abs(halves % 2) === 1;
  if (!isTie) return text;
  const below = Math.floor(value * 10 ** digits);
  return ((below % 2 === 0 ? below : below + 1) / 10 ** digits).toFixed(digits);
}
