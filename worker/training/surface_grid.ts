/** The plane over which a network of two inputs and two classes is looked at. */
import type { PlaneScale } from "../../core/domain/model_card.ts";
import type { GridAxis } from "../../core/domain/trial_result.ts";
import type { Dataset, Split } from "../datasets/dataset.ts";
import type { Examination } from "./evaluation.ts";

/** How far a surface goes beyond the data, in parts of their range. */
const MARGIN = 0.1;

/** Where a surface is looked at. */
export interface SurfaceGrid {
  /** In the network's own units. */
  readonly x: GridAxis;
  readonly y: GridAxis;
  readonly split: Split;
}

/**
 * The plane around the test examples of two classes with two numeric features, `side` places along
 * each axis; null for other tasks.
 */
export function surfaceGrid(dataset: Dataset, side: number): SurfaceGrid | null {
  const { features, classes, test: { inputs } } = dataset;
  const isPlane = features === 2 && classes.length === 2 && inputs.kind === "floats";
  if (!isPlane || scalesOf(dataset) === null) return null;
  const [x, y] = [
    axisOf(inputs.values, { feature: 0, side }),
    axisOf(inputs.values, {
      feature: 1,
      side,
    }),
  ];
  const values = new Float32Array(2 * side * side);
  for (let i = 0; i < side * side; i++) {
    values[2 * i] = placeOn(x, i % side);
    values[2 * i + 1] = placeOn(y, Math.floor(i / side));
  }
  const split: Split = {
    count: side * side,
    features: 2,
    inputs: { kind: "floats", values },
    targets: { kind: "classes", labels: new Uint16Array(side * side) },
  };
  return { x, y, split };
}

/** The probability of class 1 for each example of two classes. */
export function classProbabilities(
  { predictions, confidences }: Pick<Examination, "predictions" | "confidences">,
): Float32Array {
  return confidences.map((p, i) => predictions[i] === 1 ? p : 1 - p);
}

/** The scales of numeric columns; null where a column is anything else, or nobody knows. */
export function scalesOf({ modelInputs }: Dataset): readonly PlaneScale[] | null {
  if (modelInputs?.kind !== "columns") return null;
  const { columns } = modelInputs;
  return columns.some(({ category }) => category !== null)
    ? null
    : columns.map(({ scale }) => scale);
}

function axisOf(
  values: Float32Array,
  { feature, side }: { readonly feature: number; readonly side: number },
): GridAxis {
  let [min, max] = [Infinity, -Infinity];
  for (let i = feature; i < values.length; i += 2) {
    min = Math.min(min, values[i] ?? min);
    max = Math.max(max, values[i] ?? max);
  }
  const margin = MARGIN * (max - min);
  return { min: min - margin, max: max + margin, count: side };
}

function placeOn({ min, max, count }: GridAxis, i: number): number {
  return min + i * (max - min) / (count - 1);
}
