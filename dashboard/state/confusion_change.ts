/** What one trial confuses more or less often than another. */
import type { ConfusionMatrix } from "../../core/domain/classification_report.ts";
import type { TrialResult } from "../../core/domain/trial_result.ts";
import type { ConfusionChange } from "../client/compare/compare_model.ts";

/** A trial with what it has left; null: nothing. */
export interface Confuser {
  readonly trial: number;
  readonly result: Pick<TrialResult, "classes" | "confusions"> | null;
}

/** The second trial's confusions of the test examples minus the first one's. */
export function confusionChange(first: Confuser, second: Confuser): ConfusionChange {
  const absent = [first, second].filter(({ result }) => result === null);
  if (absent.length > 0) {
    const trials = absent.map(({ trial }) => `trial ${trial}`).join(" and ");
    return { kind: "none", message: `No result is stored of ${trials}.` };
  }
  const [before, after] = [first.result?.confusions?.test, second.result?.confusions?.test];
  if (before === undefined || after === undefined) {
    return { kind: "none", message: "There are no confusions: numbers are predicted, no classes." };
  }
  if (total(before) !== total(after) || before.length !== after.length) {
    return { kind: "none", message: "The trials were tested on different examples." };
  }
  const cells = after.map((row, actual) =>
    row.map((count, predicted) => count - (before[actual]?.[predicted] ?? 0))
  );
  return {
    kind: "known",
    from: first.trial,
    to: second.trial,
    classes: second.result?.classes ?? [],
    cells,
    examples: total(after),
    right: [right(before), right(after)],
    largest: cells.flat().reduce((most, change) => Math.max(most, Math.abs(change)), 0),
  };
}

function total(matrix: ConfusionMatrix): number {
  return matrix.flat().reduce((sum, count) => sum + count, 0);
}

function right(matrix: ConfusionMatrix): number {
  return matrix.reduce((sum, row, actual) => sum + (row[actual] ?? 0), 0);
}
