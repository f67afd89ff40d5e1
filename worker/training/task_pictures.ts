/** Pictures of what networks of one or two inputs have learned, in the units of the data. */
import type { PlaneScale } from "../../core/domain/model_card.ts";
import type { GridAxis, TaskPicture } from "../../core/domain/trial_result.ts";
import type { Dataset } from "../datasets/dataset.ts";
import type { Examination } from "./evaluation.ts";
import { curveGrid, type PictureSnapshot } from "./picture_snapshots.ts";
import { classProbabilities, scalesOf, type SurfaceGrid } from "./surface_grid.ts";

/** Places of a surface along each axis. */
export const SURFACE_SIDE = 61;
/** Points that a picture shows at most; of more an even selection. */
const MOST_POINTS = 1000;

/** What a surface is made of. */
export interface SurfaceParts {
  readonly grid: SurfaceGrid;
  /** What the network makes of the grid at the end. */
  readonly found: Pick<Examination, "predictions" | "confidences">;
  /** What it was on the way; one of the last epoch is the end, of which there is a finer one. */
  readonly snapshots: readonly PictureSnapshot[];
  /** The epoch at the end. */
  readonly epoch: number;
}

/** The probability of class 1 over the plane as training went on, with the test examples. */
export function surfacePicture(
  dataset: Dataset,
  { grid: { x, y }, found, snapshots, epoch }: SurfaceParts,
): TaskPicture | null {
  const scales = scalesOf(dataset);
  const { inputs, targets, count } = dataset.test;
  if (scales === null || inputs.kind !== "floats" || targets.kind !== "classes") return null;
  const [ofX = UNSCALED, ofY = UNSCALED] = scales;
  return {
    kind: "surface",
    x: inUnits(x, ofX),
    y: inUnits(y, ofY),
    values: Array.from(classProbabilities(found), (p) => rounded(p, 1e6)),
    points: selection(count).map((i) => ({
      x: unscale(inputs.values[2 * i] ?? 0, ofX),
      y: unscale(inputs.values[2 * i + 1] ?? 0, ofY),
      label: targets.labels[i] ?? 0,
    })),
    epoch,
    snapshots: snapshots.filter((one) => one.epoch < epoch)
      .toSorted((a, b) => a.epoch - b.epoch)
      .map((one) => ({
        epoch: one.epoch,
        side: Math.sqrt(one.y.length),
        values: Array.from(one.y, (p) => rounded(p, 1e3)),
      })),
  };
}

/** The fitted curve as training went on, with the training examples; null where there is none. */
export function curvePicture(
  dataset: Dataset,
  snapshots: readonly PictureSnapshot[],
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

function inUnits({ min, max, count }: GridAxis, scale: PlaneScale): GridAxis {
  return { min: unscale(min, scale), max: unscale(max, scale), count };
}

function unscale(value: number, { mean, std }: PlaneScale): number {
  return value * std + mean;
}

/** To parts of one: a picture shows no more than six decimals, one on the way no more than three. */
function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}

/** The places of all examples, or of an even selection. */
function selection(count: number): readonly number[] {
  const shown = Math.min(count, MOST_POINTS);
  return Array.from({ length: shown }, (_, i) => Math.floor(i * count / shown));
}
