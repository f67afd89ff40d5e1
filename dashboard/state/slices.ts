/** Each parameter against the objective: the configurations as points, and groups of their values. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
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
  const finite = points.filter(({ mean }) => mean !== null);
  const best = bestTenth(finite.length);
  const places = new Map<ConfigurationPoint, number>();
  for (const [place, point] of points.entries()) {
    if (place >= best) break;
    places.set(point, place);
  }
  return axes.map((axis, index) => {
    // Of a hundred thousand only those become points of a picture that are drawn.
    const there = axis.hasAbsent
      ? finite.filter(({ values }) => (values[index] ?? null) !== null)
      : finite;
    return {
      axis,
      points: thinned(there, MOST_POINTS).flatMap((point): SlicePoint[] => {
        const { values, mean, sd } = point;
        const value = values[index] ?? null;
        return value === null || mean === null
          ? []
          : [{ value, mean, sd, isBest: places.has(point) }];
      }),
      total: there.length,
      bins: binsOf(there, { axis, index, goal }),
    };
  });
}

function binsOf(
  points: readonly ConfigurationPoint[],
  { axis, index, goal }: {
    readonly axis: ParameterAxis;
    readonly index: number;
    readonly goal: "maximize" | "minimize";
  },
): readonly SliceBin[] {
  const { bins, binOf } = binning(axis, valuesAt(points, index));
  const sums = bins.map(() => ({ n: 0, sum: 0, best: NaN }));
  for (const { values, mean } of points) {
    const group = sums[binOf(values[index] ?? null) ?? -1];
    if (group === undefined || mean === null) continue;
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

/** One value of each point. */
export function* valuesAt(
  points: readonly ConfigurationPoint[],
  index: number,
): Generator<ParameterValue | null> {
  for (const { values } of points) yield values[index] ?? null;
}
