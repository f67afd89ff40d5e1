/** Each parameter against the objective: the configurations as points, and groups of their values. */
import type { Goal } from "../../core/domain/objective.ts";
import type {
  ParameterAxis,
  Slice,
  SliceBin,
  SlicePoint,
} from "../client/parameters/parameters_model.ts";
import { bestTenth, thinnedPlaces } from "./parallel_coordinates.ts";
import { binning } from "./parameters_bins.ts";
import { type ShownPoints, valueIn } from "./shown_points.ts";

/** Points of one picture: the best half of them, the others evenly from the rest. */
const MOST_POINTS = 500;

/** A slice for each axis; `shown` come best first. */
export function slices(
  shown: ShownPoints,
  { axes, goal }: { readonly axes: readonly ParameterAxis[]; readonly goal: Goal },
): readonly Slice[] {
  const { all, finite } = shown;
  const best = new Set(shown.rows.subarray(0, bestTenth(finite.length)));
  return axes.map((axis, index) => {
    const column = all.parameter(index);
    const there = shown.having(index);
    return {
      axis,
      // Of a hundred thousand only those become points of a picture that are drawn.
      points: thinnedPlaces(there.length, MOST_POINTS).flatMap((place): SlicePoint[] => {
        const row = there[place] ?? NaN;
        const value = valueIn(column, row);
        return shown.pointAt(row).flatMap(({ mean, sd }) =>
          value === null || mean === null ? [] : [{ value, mean, sd, isBest: best.has(row) }]
        );
      }),
      total: there.length,
      bins: binsOf(shown, { axis, index, goal, rows: there }),
    };
  });
}

function binsOf(
  shown: ShownPoints,
  { axis, index, goal, rows }: {
    readonly axis: ParameterAxis;
    readonly index: number;
    readonly goal: Goal;
    readonly rows: Uint32Array;
  },
): readonly SliceBin[] {
  const { bins, binOf } = binning(shown, { axis, index, rows });
  const { means } = shown.all;
  const sums = bins.map(() => ({ n: 0, sum: 0, best: NaN }));
  for (const row of rows) {
    const group = sums[binOf[row] ?? -1];
    if (group === undefined) continue;
    const mean = means[row] ?? NaN;
    group.n++;
    group.sum += mean;
    const isBetter = goal === "maximize" ? mean > group.best : mean < group.best;
    if (group.n === 1 || isBetter) group.best = mean;
  }
  return bins.map(({ label }, bin) => {
    const { n, sum, best } = sums[bin] ?? { n: 0, sum: 0, best: NaN };
    return n === 0 ? { label, n, mean: null, best: null } : { label, n, mean: sum / n, best };
  });
}
