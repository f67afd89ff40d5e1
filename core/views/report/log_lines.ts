/** A trial's losses in the log format of the lab's report, a pair of lines for each epoch. */
import type { CurvePoint } from "../curve.ts";

/** Minibatches of an epoch of training and of a pass over the validation examples. */
export interface Minibatches {
  readonly train: number;
  readonly validation: number;
}

/** How many minibatches a number of examples makes. */
export function minibatches(examples: number, batchSize: number): number {
  return Math.max(1, Math.ceil(examples / batchSize));
}

/**
 * `[epoch, minibatches] loss: …` and `[epoch, minibatches] val loss: …`; a loss that was not
 * measured has no line.
 * @example
 * ```ts
 * import { logLines } from "./log_lines.ts";
 * import { epoch } from "../../domain/units.ts";
 * import assert from "node:assert/strict";
 *
 * const point = { epoch: epoch(250), metrics: { train_loss: 0.0712, val_loss: 0.558 } };
 * assert.deepEqual(logLines([point], { train: 12, validation: 3 }), [
 *   "[250,    12] loss: 0.071",
 *   "[250,     3] val loss: 0.558",
 * ]);
 * ```
 */
export function logLines(
  points: readonly CurvePoint[],
  { train, validation }: Minibatches,
): readonly string[] {
  return points.flatMap(({ epoch, metrics }) => [
    ...lineOf(epoch, { batches: train, name: "loss", loss: metrics["train_loss"] }),
    ...lineOf(epoch, { batches: validation, name: "val loss", loss: metrics["val_loss"] }),
  ]);
}

function lineOf(
  epoch: number,
  { batches, name, loss }: {
    readonly batches: number;
    readonly name: string;
    readonly loss: number | undefined;
  },
): readonly string[] {
  if (loss === undefined) return [];
  return [`[${epoch}, ${String(batches).padStart(5)}] ${name}: ${loss.toFixed(3)}`];
}

/** At most `most` of the items at equal distances, the first and the last among them. */
export function thinned<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most || most < 2) return items;
  const places = Array.from(
    { length: most },
    (_, index) => Math.round(index * (items.length - 1) / (most - 1)),
  );
  return places.flatMap((place) => items[place] ?? []);
}
