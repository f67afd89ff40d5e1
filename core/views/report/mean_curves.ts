/** Learning curves of the best configurations: means over replicates with their spread. */
import type { ConfigurationId } from "../../domain/ids.ts";
import { estimateMean } from "../../domain/statistics.ts";
import { type Loss, lossOf, type TaskKind } from "../../domain/task_kind.ts";
import { taskKindOf } from "../../domain/sweep_spec.ts";
import type { CurvePoint } from "../curve.ts";
import { leaderboard } from "../leaderboard.ts";
import type { SweepView } from "../sweep_view.ts";
import { thinned } from "./log_lines.ts";

/** A mean over replicates at one epoch. */
export interface MeanPoint {
  readonly epoch: number;
  readonly mean: number;
  /** Sample standard deviation; null for one replicate. */
  readonly sd: number | null;
  /** Replicates that had a value there: it falls where some diverged or have not come so far. */
  readonly n: number;
}

/** One configuration's curve. */
export interface MeanCurve {
  readonly rank: number;
  readonly configuration: ConfigurationId;
  readonly points: readonly MeanPoint[];
}

/** The curves of one metric. */
export interface CurvePanel {
  readonly metric: string;
  readonly unit: string;
  readonly curves: readonly MeanCurve[];
}

/** Configurations that are drawn, and points of a curve. */
export const DRAWN_CONFIGURATIONS = 5;
const MOST_POINTS = 150;

const LOSS_UNITS: Readonly<Record<Loss, string>> = {
  softmax_cross_entropy: "cross-entropy in nats",
  binary_cross_entropy: "binary cross-entropy in nats",
  mean_squared_error: "mean squared error, in squares of the scaled target",
};

/** Training loss, validation loss and the objective, of the best configurations. */
export function curvePanels(view: SweepView): readonly CurvePanel[] {
  const { spec } = view.ledger;
  const metrics = [...new Set(["train_loss", "val_loss", spec.metric.name])];
  const rows = leaderboard(view.ledger).slice(0, DRAWN_CONFIGURATIONS);
  const kind = taskKindOf(spec.task);
  return metrics.map((metric) => ({
    metric,
    unit: unitOf(metric, kind),
    curves: rows.map(({ rank, configuration, trials }) => ({
      rank,
      configuration,
      points: meanCurve(trials.map(({ id }) => view.curve(id).points), metric),
    })),
  })).filter(({ curves }) => curves.some(({ points }) => points.length > 0));
}

function unitOf(metric: string, kind: TaskKind | null): string {
  if (kind === null) return "in units of its own";
  if (metric.endsWith("_loss")) return LOSS_UNITS[lossOf(kind, null)];
  return metric.endsWith("_accuracy")
    ? "share of examples that are right"
    : "root mean square error, in units of the target";
}

/**
 * The mean at each epoch that some replicate reported (at most 150 of them). Reports may skip epochs:
 * between two reports of a replicate its value is interpolated, beyond them it has none.
 */
export function meanCurve(
  replicates: readonly (readonly CurvePoint[])[],
  metric: string,
): readonly MeanPoint[] {
  const lines = replicates.map((points) =>
    points.flatMap(({ epoch, metrics }) => {
      const value = metrics[metric];
      return value === undefined ? [] : [{ epoch: Number(epoch), value }];
    })
  );
  const epochs = [...new Set(lines.flatMap((line) => line.map(({ epoch }) => epoch)))]
    .sort((a, b) => a - b);
  const cursors = lines.map((line) => new Cursor(line));
  return thinned(epochs, MOST_POINTS).flatMap((epoch) => {
    const values = cursors.flatMap((cursor) => cursor.valueAt(epoch) ?? []);
    if (values.length === 0) return [];
    const { mean, sd, n } = estimateMean(values);
    return [{ epoch, mean, sd, n }];
  });
}

interface Reported {
  readonly epoch: number;
  readonly value: number;
}

/** Reads one replicate's line at epochs that only grow. */
class Cursor {
  readonly #line: readonly Reported[];
  #index = 0;

  constructor(line: readonly Reported[]) {
    this.#line = line;
  }

  valueAt(epoch: number): number | null {
    while ((this.#line[this.#index + 1]?.epoch ?? Infinity) <= epoch) this.#index++;
    const [before, after] = [this.#line[this.#index], this.#line[this.#index + 1]];
    if (before === undefined || before.epoch > epoch) return null;
    if (before.epoch === epoch) return before.value;
    if (after === undefined) return null;
    const share = (epoch - before.epoch) / (after.epoch - before.epoch);
    return before.value + share * (after.value - before.value);
  }
}
