/** The curve that a network of one input has fitted, taken a few times as training goes on. */
import type { TrialId } from "../../core/domain/ids.ts";
import { type Epoch, epoch as toEpoch } from "../../core/domain/units.ts";
import type { Dataset, Split } from "../datasets/dataset.ts";

/** The curve after an epoch, in the network's own units, at the places of the grid. */
export interface CurveSnapshot {
  readonly epoch: Epoch;
  readonly y: Float32Array;
}

/** How many snapshots a whole trial has at most. */
const SNAPSHOTS = 5;
/** The places at which a curve is looked at. */
const PLACES = 200;

/** The snapshots of a pack's lanes. */
export class CurveSnapshots {
  /** The places, as examples without meaningful targets; null where there is no curve to look at. */
  readonly grid: Split | null;
  readonly #epochs: ReadonlySet<number>;
  readonly #taken = new Map<TrialId, readonly CurveSnapshot[]>();

  constructor(
    dataset: Dataset,
    { epochs, reportEvery }: { readonly epochs: Epoch; readonly reportEvery: number },
  ) {
    const places = curveGrid(dataset);
    this.grid = places === null ? null : examplesAt(places);
    this.#epochs = this.grid === null ? new Set() : snapshotEpochs(epochs, reportEvery);
  }

  /** Whether a snapshot is to be taken after this epoch. */
  isDue(epoch: Epoch): boolean {
    return this.#epochs.has(epoch);
  }

  /** Takes what was fitted; a snapshot of the same epoch is there already, and equal. */
  add(trial: TrialId, snapshots: readonly CurveSnapshot[]): void {
    const known = this.of(trial);
    const fresh = snapshots.filter(({ epoch, y }) =>
      y.length === PLACES && known.every((one) => one.epoch !== epoch)
    );
    this.#taken.set(trial, [...known, ...fresh]);
  }

  /** A lane's snapshots, oldest first. */
  of(trial: TrialId): readonly CurveSnapshot[] {
    return this.#taken.get(trial) ?? [];
  }
}

/** The reported epochs after which snapshots are taken, evenly spaced, the last one included. */
export function snapshotEpochs(epochs: Epoch, reportEvery: number): ReadonlySet<number> {
  const due = Array.from({ length: SNAPSHOTS }, (_, i) => {
    const wanted = epochs * (i + 1) / SNAPSHOTS;
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
