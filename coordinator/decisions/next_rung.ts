/** The rung that comes next for a trial. */
import { type Epoch, epoch as toEpoch } from "../../core/domain/units.ts";

/**
 * The first epoch from `from` on at which the trial is looked at: where it pauses, or where the
 * scheduler watches those that train on; null: none.
 */
export function nextRung(
  { target, watched }: { readonly target: Epoch | undefined; readonly watched: readonly number[] },
  from: number,
): Epoch | null {
  const next = [...watched, ...(target === undefined ? [] : [target])]
    .filter((at) => at >= from)
    .sort((a, b) => a - b)[0];
  return next === undefined ? null : toEpoch(next);
}
