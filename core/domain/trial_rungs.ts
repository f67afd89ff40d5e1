/** A trial's values at the rungs of its scheduler. */
import type { Trial } from "./ledger_trial.ts";
import type { RungValue } from "./sweep_event.ts";

/**
 * The trial's rungs with one more.
 * @throws {RangeError} If it is not beyond the last one.
 */
export function withRung({ id, rungs = [] }: Trial, value: RungValue): readonly RungValue[] {
  const last = rungs.at(-1);
  if (last !== undefined && last.epoch >= value.epoch) {
    throw new RangeError(
      `Cannot note epoch ${value.epoch} of trial ${id} as a rung: it must be after ${last.epoch}`,
    );
  }
  return [...rungs, { epoch: value.epoch, values: value.values }];
}
