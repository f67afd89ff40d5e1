/** What a network of one or two inputs has learned, taken a few times as training goes on. */
import type { TrialId } from "../../core/domain/ids.ts";
import { type Epoch, epoch as toEpoch } from "../../core/domain/units.ts";
import type { Dataset, Split } from "../datasets/dataset.ts";
import type { Examination } from "./evaluation.ts";
import { classProbabilities, surfaceGrid } from "./surface_grid.ts";

/**
 * The picture after an epoch at the places of the grid: a fitted curve in the network's own units, or
 * the probability of class 1 over the plane.
 */
export interface PictureSnapshot {
  readonly epoch: Epoch;
  readonly y: Float32Array;
}

/** How many snapshots of a curve a whole trial has at most. */
const CURVE_SNAPSHOTS = 5;
/** The places at which a curve is looked at. */
const PLACES = 200;
/** How many snapshots of a surface a whole trial has at most, the result among them. */
const SURFACE_SNAPSHOTS = 10;
/** Places along each axis of such a snapshot: with 10 of them a result grows by 60 KB at most. */
const SURFACE_SIDE = 31;

/** The snapshots of a pack's lanes. */
export class PictureSnapshots {
  /** The places, as examples without meaningful targets; null where there is no picture to look at. */
  readonly grid: Split | null;
  readonly #epochs: ReadonlySet<number>;
  readonly #taken = new Map<TrialId, readonly PictureSnapshot[]>();

  constructor(
    dataset: Dataset,
    { epochs, reportEvery }: { readonly epochs: Epoch; readonly reportEvery: number },
  ) {
    const places = curveGrid(dataset);
    const surface = surfaceGrid(dataset, SURFACE_SIDE);
    this.grid = places === null ? surface?.split ?? null : examplesAt(places);
    const most = places === null ? SURFACE_SNAPSHOTS : CURVE_SNAPSHOTS;
    this.#epochs = this.grid === null ? new Set() : snapshotEpochs(epochs, { reportEvery, most });
  }

  /** Whether a snapshot is to be taken after this epoch. */
  isDue(epoch: Epoch): boolean {
    return this.#epochs.has(epoch);
  }

  /** Takes what a lane makes of the grid after an epoch. */
  take(trial: TrialId, epoch: Epoch, found: Examination): void {
    const isCurve = found.confidences.length === 0;
    this.add(trial, [{ epoch, y: isCurve ? found.predictions : classProbabilities(found) }]);
  }

  /** Takes snapshots of before; one of the same epoch is there already, and equal. */
  add(trial: TrialId, snapshots: readonly PictureSnapshot[]): void {
    const known = this.of(trial);
    const fresh = snapshots.filter(({ epoch, y }) =>
      y.length === this.grid?.count && known.every((one) => one.epoch !== epoch)
    );
    this.#taken.set(trial, [...known, ...fresh]);
  }

  /** A lane's snapshots, oldest first. */
  of(trial: TrialId): readonly PictureSnapshot[] {
    return this.#taken.get(trial) ?? [];
  }
}

/** At most so many reported epochs after which snapshots are taken, evenly spaced up to the last. */
export function snapshotEpochs(
  epochs: Epoch,
  { reportEvery, most }: { readonly reportEvery: number; readonly most: number },
): ReadonlySet<number> {
  const due = Array.from({ length: most }, (_, i) => {
    const wanted = epochs * (i + 1) / most;
    return toEpoch(Math.min(epochs, Math.ceil(wanted / reportEvery) * reportEvery));
  });
  return new Set(due);
}

/** Equal steps over the training inputs of a regression by one feature; null for other tasks. */
export function curveGrid({ kind, features, train }: Dataset): Float32Array | null {
  if (kind !== "regression" || features !== 1 || train.inputs.kind !== "floats") return null;
  const { values } = train.inputs;
  const [min, max] = values.reduce(
    ([low, high], x): [number, number] => [Math.min(low, x), Math.max(high, x)],
    [Infinity, -Infinity],
  );
  const step = (max - min) / (PLACES - 1);
  return Float32Array.from({ length: PLACES }, (_, i) => min + i * step);
}

function examplesAt(values: Float32Array): Split {
  return {
    count: values.length,
    features: 1,
    inputs: { kind: "floats", values },
    targets: { kind: "values", values: new Float32Array(values.length) },
  };
}
