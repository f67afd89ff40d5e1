/** What a trainer is asked for, out of a job: lanes with their parameters and where they left off. */
import { type MlpHyperparameters, parseMlpHyperparameters } from "../core/domain/mlp_parameters.ts";
import { epoch } from "../core/domain/units.ts";
import type { DataJob } from "./thread_messages.ts";
import { decodeCheckpoint } from "./training/checkpoint.ts";
import type { LaneSpec, PackSpec } from "./training/pack.ts";

/** What the lanes of one pack must have in common. */
const SHARED: readonly (keyof MlpHyperparameters)[] = [
  "batchSize",
  "depth",
  "activation",
  "optimizer",
  "gradient",
  "loss",
  "epochs",
];

/** A trial has at most about this many reports: more would tell nothing and cost time. */
const MOST_REPORTS = 1000;

/**
 * The trainer's spec of a job.
 * @throws {RangeError} If a hyperparameter is out of range, or the lanes cannot share a pack.
 * @throws {CheckpointError} If the bytes to go on from are no checkpoint.
 */
export function packSpecOf(job: DataJob): PackSpec {
  const parsed = job.lanes.map((lane) => parseMlpHyperparameters(lane.hyperparameters));
  const first = parsed[0];
  if (first === undefined) throw new RangeError("Cannot train a pack: it has no lanes");
  for (const name of SHARED) {
    const odd = parsed.findIndex((lane) => lane[name] !== first[name]);
    if (odd === -1) continue;
    throw new RangeError(
      `Cannot train trial ${job.lanes[odd]?.trial} in this pack: its ${name} is ` +
        `${parsed[odd]?.[name]}; it must be ${first[name]}`,
    );
  }
  const saved = job.resume === null ? [] : decodeCheckpoint(job.resume.bytes);
  const lanes = job.lanes.map(({ trial, replicate }, i): LaneSpec => {
    const { lr, momentum, weightDecay, hiddenWidth } = parsed[i] ?? first;
    const resume = saved.find((lane) => lane.trial === trial) ?? null;
    return { trial, replicate, lr, momentum, weightDecay, hiddenWidth, resume };
  });
  const { batchSize, depth, activation, optimizer, gradient, loss, epochs } = first;
  const { waitAfter = [], until } = job;
  // Whatever is decided on at an epoch needs that epoch's report.
  const reportAt = [...waitAfter, ...(until === undefined ? [] : [until])].sort((a, b) => a - b);
  return {
    seed: job.seed,
    batchSize,
    depth,
    activation,
    optimizer,
    gradient,
    loss,
    reportEvery: Math.ceil(epochs / MOST_REPORTS),
    ...(reportAt.length === 0 ? {} : { reportAt }),
    epochs: epoch(epochs),
    startEpoch: job.resume?.epoch ?? epoch(0),
    lanes,
  };
}
