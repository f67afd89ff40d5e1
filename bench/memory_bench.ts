/** Memory of a worker over many trials: what is left of each must be nothing. */
import * as tf from "@tensorflow/tfjs-core";
import { chooseBackend } from "../worker/engine/choose_backend.ts";
import type { Benchmark, Measurement } from "./measurement.ts";
import { madeUpDataset, type Shape, stepMs } from "./training_problem.ts";

const TRIALS = 200;
const SHAPE: Shape = {
  kind: "classification",
  examples: 600,
  features: 784,
  classes: 10,
  batchSize: 64,
  hiddenWidth: 64,
};

/** Resident memory and tensors over 200 trials in one process. */
export const memoryBench: Benchmark = {
  name: "memory",
  about: `resident memory and tensors over ${TRIALS} trials in one process, wasm`,
  run: measureMemory,
};

async function* measureMemory(): AsyncIterable<Measurement> {
  const { backend } = await chooseBackend("wasm");
  const dataset = madeUpDataset(SHAPE);
  const tensorsBefore = tf.memory().numTensors;
  let early = 0;
  for (let trial = 1; trial <= TRIALS; trial++) {
    await stepMs(SHAPE, { lanes: 1, epochs: 2, gradient: "manual" }, { dataset, backend });
    // By then everything that is allocated once is there.
    if (trial === TRIALS / 4) early = Deno.memoryUsage().rss;
  }
  const late = Deno.memoryUsage().rss;
  yield {
    bench: "memory",
    name: `resident memory after ${TRIALS} trials, against after ${TRIALS / 4}`,
    value: Math.round(late / 1e6),
    unit: "MB",
    baseline: Math.round(early / 1e6),
    ratio: late / early,
    target: "≤ 1.1",
  };
  yield {
    bench: "memory",
    name: `tensors left over after ${TRIALS} trials`,
    value: tf.memory().numTensors - tensorsBefore,
    unit: "tensors",
    baseline: null,
    ratio: null,
    target: "0",
  };
}
