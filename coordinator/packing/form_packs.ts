/** Groups trials into packs: equal fuse keys inside, at most so many lanes, in the order asked. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import { fuseKey } from "./fuse_key.ts";

/** What packing needs to know of a trial. */
export interface PackableTrial {
  readonly id: TrialId;
  readonly hyperparameters: Hyperparameters;
}

/**
 * Every trial once, in packs of at most `maxLanes` lanes.
 * @throws {RangeError} If `maxLanes` is not an integer >= 1.
 */
export function formPacks(
  trials: readonly PackableTrial[],
  maxLanes: number,
): readonly (readonly TrialId[])[] {
  if (!Number.isSafeInteger(maxLanes) || maxLanes < 1) {
    throw new RangeError(`Cannot form packs of ${maxLanes} lanes: it must be an integer >= 1`);
  }
  const packs: TrialId[][] = [];
  const openByKey = new Map<string, TrialId[]>();
  for (const trial of trials) {
    const key = fuseKey(trial.hyperparameters);
    const open = openByKey.get(key);
    if (open !== undefined && open.length < maxLanes) {
      open.push(trial.id);
      continue;
    }
    const pack = [trial.id];
    packs.push(pack);
    openByKey.set(key, pack);
  }
  return packs;
}
