/** Whether a pack's spec makes sense in itself. */
import type { LaneSpec, PackSpec } from "./pack.ts";

/** @throws {RangeError} If the spec contradicts itself. */
export function checkSpec(
  { batchSize, startEpoch, epochs, reportEvery = 1, lanes }: PackSpec,
): void {
  for (
    const [what, value] of [["batches of", batchSize], ["reports every", reportEvery]] as const
  ) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`Cannot train with ${what} ${value}: it must be an integer >= 1`);
    }
  }
  if (startEpoch > epochs) {
    throw new RangeError(`Cannot start after epoch ${startEpoch}: the trials have ${epochs}`);
  }
  if (lanes.length === 0) throw new RangeError("Cannot train a pack: it has no lanes");
  for (const [position, lane] of lanes.entries()) {
    const { trial, resume } = lane;
    if (lanes.findIndex((other) => other.trial === trial) !== position) {
      throw new RangeError(`Cannot train trial ${trial}: it is in the pack twice`);
    }
    checkRates(lane);
    const behind = resume?.epoch ?? 0;
    if (behind !== startEpoch || (resume !== null && resume.trial !== trial)) {
      throw new RangeError(
        `Cannot train trial ${trial}: it is at epoch ${behind} of trial ${
          resume?.trial ?? trial
        }; it must be at epoch ${startEpoch} of its own`,
      );
    }
  }
}

function checkRates({ trial, lr, momentum, weightDecay }: LaneSpec): void {
  if (!(lr > 0 && Number.isFinite(lr))) {
    throw new RangeError(`Cannot train trial ${trial} with lr ${lr}: it must be finite and > 0`);
  }
  if (!(momentum >= 0 && momentum < 1)) {
    throw new RangeError(
      `Cannot train trial ${trial} with momentum ${momentum}: it must be >= 0 and < 1`,
    );
  }
  if (!(weightDecay >= 0 && Number.isFinite(weightDecay))) {
    throw new RangeError(
      `Cannot train trial ${trial} with weight decay ${weightDecay}: it must be finite and >= 0`,
    );
  }
}
