/** Each parameter against the objective: the configurations as points, and groups of their values. */
import type {
  ConfigurationPoint,
  ParameterAxis,
  Slice,
  SliceBin,
  SlicePoint,
} from "../client/parameters/parameters_model.ts";
import { bestTenth, thinned } from "./parallel_coordinates.ts";
import { binning } from "./parameters_bins.ts";

/** Points of one picture: the best half of them, the others evenly from the rest. */
const MOST_POINTS = 500;

/** A slice for each axis; `points` come best first. */
export function slices(
  points: readonly ConfigurationPoint[],
  { axes, goal }: {
    readonly axes: readonly ParameterAxis[];
    readonly goal: "maximize" | "minimize";
  },
): readonly Slice[] {
  const best = bestTenth(points.filter(({ mean }) => mean !== null).length);
  return axes.map((axis, index) => {
    const all = points.flatMap(({ values, mean, sd }, place): SlicePoint[] => {
      const value = values[index] ?? null;
      if (value === null || mean === null) return [];
      return [{ value, mean, sd, isBest: place < best }];
    });
    return {
      axis,
      points: thinned(all, MOST_POINTS),
      total: all.length,
      bins: binsOf(all, axis, goal),
    };
  });
}

function binsOf(
  points: readonly SlicePoint[],
  axis: ParameterAxis,
  goal: "maximize" | "minimize",
): readonly SliceBin[] {
  const { bins, binOf } = binning(axis, points.map(({ value }) => value));
  const sums = bins.map(() => ({ n: 0, sum: 0, best: NaN }));
  for (const { value, mean } of points) {
    const group = sums[binOf(value) ?? -1];
    if (group === undefined) continue;
    group.n++;
    group.sum += mean;
    const isBetter = goal === "maximize" ? mean > group.best : mean < group.best;
    if (group.n === 1 || isBetter) group.best = mean;
  }
  return bins.map(({ label }, index) => {
    const { n, sum, best } = sums[index] ?? { n: 0, sum: 0, best: NaN };
    return n === 0 ? { label, n, mean: null, best: null } : { label, n, mean: sum / n, best };
  });
}
