/** Pictures of what networks of one or two inputs have learned, in the units of the data. */
import type { PlaneScale } from "../../core/domain/model_card.ts";
import type { GridAxis, TaskPicture } from "../../core/domain/trial_result.ts";
import type { Dataset, Split } from "../datasets/dataset.ts";
import { curveGrid, type CurveSnapshot } from "./curve_snapshots.ts";
import type { Examination } from "./evaluation.ts";

/** Places of a surface along each axis. */
const SIDE = 61;
/** How far a surface goes beyond the data, in parts of their range. */
const MARGIN = 0.1;
/** Points that a picture shows at most; of more an even selection. */
const MOST_POINTS = 1000;

/** Where a surface is looked at. */
export interface SurfaceGrid {
  /** In the network's own units. */
  readonly x: GridAxis;
  readonly y: GridAxis;
  readonly split: Split;
}

/** The plane around the test examples of two classes with two numeric features; else null. */
export function surfaceGrid(dataset: Dataset): SurfaceGrid | null {
  const { features, classes, test: { inputs } } = dataset;
  const isPlane = features === 2 && classes.length === 2 && inputs.kind === "floats";
  if (!isPlane || scalesOf(dataset) === null) return null;
  const [x, y] = [axisOf(inputs.values, 0), axisOf(inputs.values, 1)];
  const values = new Float32Array(2 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    values[2 * i] = placeOn(x, i % SIDE);
    values[2 * i + 1] = placeOn(y, Math.floor(i / SIDE));
  }
  const split: Split = {
    count: SIDE * SIDE,
    features: 2,
    inputs: { kind: "floats", values },
    targets: { kind: "classes", labels: new Uint16Array(SIDE * SIDE) },
  };
  return { x, y, split };
}

/** The probability of class 1 over the plane, with the test examples. */
export function surfacePicture(
  dataset: Dataset,
  { x, y }: SurfaceGrid,
  { predictions, confidences }: Pick<Examination, "predictions" | "confidences">,
): TaskPicture | null {
  const scales = scalesOf(dataset);
  const { inputs, targets, count } = dataset.test;
  if (scales === null || inputs.kind !== "floats" || targets.kind !== "classes") return null;
  const [ofX = UNSCALED, ofY = UNSCALED] = scales;
  return {
    kind: "surface",
    x: inUnits(x, ofX),
    y: inUnits(y, ofY),
    values: Array.from(confidences, (p, i) => rounded(predictions[i] === 1 ? p : 1 - p)),
    points: selection(count).map((i) => ({
      x: unscale(inputs.values[2 * i] ?? 0, ofX),
      y: unscale(inputs.values[2 * i + 1] ?? 0, ofY),
      label: targets.labels[i] ?? 0,
    })),
  };
}

/** The fitted curve as training went on, with the training examples; null where there is none. */
export function curvePicture(
  dataset: Dataset,
  snapshots: readonly CurveSnapshot[],
): TaskPicture | null {
  const places = curveGrid(dataset);
  const { train: { inputs, targets, count }, truth, targetScale = UNSCALED } = dataset;
  const [ofX] = scalesOf(dataset) ?? [];
  const isCurve = places !== null && snapshots.length > 0 && ofX !== undefined &&
    inputs.kind === "floats" && targets.kind === "values";
  if (!isCurve) return null;
  const x = Array.from(places, (place) => unscale(place, ofX));
  return {
    kind: "curve",
    x,
    truth: truth === undefined ? null : x.map(truth),
    points: selection(count).map((i) => ({
      x: unscale(inputs.values[i] ?? 0, ofX),
      y: unscale(targets.values[i] ?? 0, targetScale),
    })),
    snapshots: snapshots.toSorted((a, b) => a.epoch - b.epoch)
      .map(({ epoch, y }) => ({ epoch, y: Array.from(y, (value) => unscale(value, targetScale)) })),
  };
}

const UNSCALED: PlaneScale = { mean: 0, std: 1 };

/** The scales of numeric columns; null where a column is anything else, or nobody knows. */
function scalesOf({ modelInputs }: Dataset): readonly PlaneScale[] | null {
  if (modelInputs?.kind !== "columns") return null;
  const { columns } = modelInputs;
  return columns.some(({ category }) => category !== null)
    ? null
    : columns.map(({ scale }) => scale);
}

function axisOf(values: Float32Array, feature: number): GridAxis {
  let [min, max] = [Infinity, -Infinity];
  for (let i = feature; i < values.length; i += 2) {
    min = Math.min(min, values[i] ?? min);
    max = Math.max(max, values[i] ?? max);
  }
  const margin = MARGIN * (max - min);
  return { min: min - margin, max: max + margin, count: SIDE };
}

function placeOn({ min, max, count }: GridAxis, i: number): number {
  return min + i * (max - min) / (count - 1);
}

function inUnits({ min, max, count }: GridAxis, scale: PlaneScale): GridAxis {
  return { min: unscale(min, scale), max: unscale(max, scale), count };
}

function unscale(value: number, { mean, std }: PlaneScale): number {
  return value * std + mean;
}

/** Six decimals: a picture shows no more. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** The places of all examples, or of an even selection. */
function selection(count: number): readonly number[] {
  const shown = Math.min(count, MOST_POINTS);
  return Array.from({ length: shown }, (_, i) => Math.floor(i * count / shown));
}
