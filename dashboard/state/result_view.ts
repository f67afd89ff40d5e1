/** A trial's result file as its page shows it. */
import type { SweepId } from "../../core/domain/ids.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { isTerminal } from "../../core/domain/trial.ts";
import type { Mistake, TrialResult } from "../../core/domain/trial_result.ts";
import { splitReports } from "../../core/views/report/best_trial.ts";
import type { MistakeView, ResultView, SplitView } from "../client/trial/trial_model.ts";
import type { TrialQuery } from "../client/trial/trial_query.ts";
import { pictureView } from "./picture_view.ts";

/** What the artifact store has of a trial: its result, or why there is none. */
export interface Stored {
  readonly result: TrialResult | null;
  readonly problem: string | null;
  readonly hasModel: boolean;
}

/** The view. @throws {SyntaxError} If there is no such split. */
export function resultView(
  trial: Trial,
  { stored, query, sweep }: {
    readonly stored: Stored;
    readonly query: TrialQuery;
    readonly sweep: SweepId;
  },
): ResultView {
  const { result, problem } = stored;
  if (result === null) return { kind: "none", message: problem ?? absence(trial) };
  const base = `/api/v1/sweeps/${sweep}/trials/${trial.id}/images`;
  return {
    kind: "stored",
    split: splitView(result, query.split),
    mistakes: result.mistakes.map((mistake, index) =>
      mistakeView(result, { mistake, path: `${base}/${index}.png` })
    ),
    mistaken: result.confusions?.test ?? null,
    picture: result.picture === null
      ? null
      : pictureView(result.picture, result.classes, query.epoch),
  };
}

function absence({ state, result }: Trial): string {
  if (!isTerminal(state.status)) {
    return "Confusions, mistakes and pictures are stored when the trial completes.";
  }
  if (state.status !== "completed") return `No result is stored: the trial is ${state.status}.`;
  if (state.objective.kind === "diverged") return "No result is stored: the trial diverged.";
  return result === null
    ? "This trial has left no result file."
    : "The result file of this trial is not in the store any more.";
}

function splitView(result: TrialResult, asked: string | null): SplitView | null {
  const reports = splitReports(result);
  const chosen = asked ?? "test";
  const found = reports.find(({ split }) => split === chosen) ??
    (asked === null ? reports.at(-1) : undefined);
  const splits = reports.map(({ split }) => split);
  if (found === undefined) {
    if (reports.length === 0) return null;
    throw new SyntaxError(
      `Cannot show split "${chosen.slice(0, 80)}": it must be one of ${splits.join(", ")}`,
    );
  }
  return { split: found.split, splits, report: found.report };
}

function mistakeView(
  { classes }: TrialResult,
  { mistake, path }: { readonly mistake: Mistake; readonly path: string },
): MistakeView {
  const { index, actual, predicted, confidence, loss, image } = mistake;
  const name = (one: number): string => classes[one] ?? `class ${one}`;
  return {
    index,
    actual: name(actual),
    predicted: name(predicted),
    pair: [actual, predicted],
    confidence,
    loss,
    leastLoss: confidence < 1 ? -Math.log1p(-confidence) : null,
    image: image === null ? null : { path, width: image.width, height: image.height },
  };
}
