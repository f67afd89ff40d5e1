/** Packs against the same trials one by one, and against the backend's own matrix product. */
import * as tf from "@tensorflow/tfjs-core";
import type { Backend } from "../worker/engine/backend.ts";
import { chooseBackend } from "../worker/engine/choose_backend.ts";
import { type Benchmark, type Measurement, median } from "./measurement.ts";
import { plainStepMs } from "./plain_tensorflow.ts";
import { madeUpDataset, type Shape, stepMs, type Training } from "./training_problem.ts";

/** Interleaved rounds: what the machine does meanwhile meets both sides alike. */
const ROUNDS = 5;

const LAB: Shape = {
  kind: "classification",
  examples: 1536,
  features: 3072,
  classes: 3,
  batchSize: 128,
  hiddenWidth: 10,
};
const XOR: Shape = {
  kind: "binary",
  examples: 320,
  features: 2,
  classes: 2,
  batchSize: 32,
  hiddenWidth: 16,
};
const REGRESSION: Shape = {
  kind: "regression",
  examples: 128,
  features: 1,
  classes: 0,
  batchSize: 128,
  hiddenWidth: 64,
};

/** How many times faster packs are. */
export const packsBench: Benchmark = {
  name: "packs",
  about: `fused packs on wasm, one process, medians of ${ROUNDS} interleaved rounds`,
  run: measurePacks,
};

async function* measurePacks(): AsyncIterable<Measurement> {
  const { backend } = await chooseBackend("wasm");
  const compare = async (shape: Shape, pack: Training, lone: Training): Promise<Pair> => {
    const dataset = madeUpDataset(shape);
    const pairs: Pair[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      pairs.push({
        pack: await stepMs(shape, pack, { dataset, backend }) / pack.lanes,
        lone: await stepMs(shape, lone, { dataset, backend }) / lone.lanes,
      });
    }
    return {
      pack: median(pairs.map((pair) => pair.pack)),
      lone: median(pairs.map((pair) => pair.lone)),
    };
  };
  const auto = { lanes: 1, gradient: "auto" } as const;
  const manual = { gradient: "manual" } as const;

  const lab = await compare(LAB, { ...manual, lanes: 16, epochs: 4 }, { ...auto, epochs: 4 });
  yield speedUp("lab network, 16 lanes against one by one through auto", lab, "≥ 6");
  yield ceilingOf(lab, await productMs(LAB.batchSize, LAB.features, 16 * LAB.hiddenWidth));
  const plain = await compareWithPlain(backend);
  yield speedUp("lab network, 16 lanes against plain TensorFlow.js one by one", plain, null);
  const five = await compare(LAB, { ...manual, lanes: 5, epochs: 4 }, {
    ...manual,
    lanes: 1,
    epochs: 4,
  });
  yield speedUp("lab network, 5 lanes against one by one by hand", five, null);
  const xor = await compare(XOR, { ...manual, lanes: 64, epochs: 20 }, { ...auto, epochs: 20 });
  yield speedUp("XOR network, 64 lanes against one by one through auto", xor, "≥ 20");
  yield* regression(
    await compare(
      REGRESSION,
      { ...manual, lanes: 32, epochs: 2_000 },
      { ...manual, lanes: 1, epochs: 2_000 },
    ),
  );
  yield* measureWideSteps(backend);
}

/** Steps of at least 512 fused units against the plain product of their size. */
async function* measureWideSteps(backend: Backend): AsyncIterable<Measurement> {
  for (const lanes of [8, 16]) {
    const wide: Shape = { ...LAB, hiddenWidth: 64 };
    const dataset = madeUpDataset(wide);
    const shares: { step: number; product: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      shares.push({
        step: await stepMs(wide, { gradient: "manual", lanes, epochs: 2 }, { dataset, backend }),
        product: await productMs(wide.batchSize, wide.features, 64 * lanes),
      });
    }
    yield share(64 * lanes, shares);
  }
}

/** How fast 16 lanes would be if a step were its two large products at the plain rate and no more. */
function ceilingOf({ lone }: Pair, product: number): Measurement {
  const bound = 2 * product / 16;
  return speedUp(
    "its ceiling: nothing but the two large products of a step",
    { pack: bound, lone },
    null,
  );
}

/** The same pack against what a user of TensorFlow.js would write for each trial. */
async function compareWithPlain(backend: Backend): Promise<Pair> {
  const dataset = madeUpDataset(LAB);
  const training = { gradient: "manual", lanes: 16, epochs: 4 } as const;
  const pairs: Pair[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    pairs.push({
      pack: await stepMs(LAB, training, { dataset, backend }) / training.lanes,
      lone: await plainStepMs(LAB, 48),
    });
  }
  return {
    pack: median(pairs.map((pair) => pair.pack)),
    lone: median(pairs.map((pair) => pair.lone)),
  };
}

interface Pair {
  /** Milliseconds of a lane's step in company. */
  readonly pack: number;
  /** Milliseconds of a lane's step alone. */
  readonly lone: number;
}

function speedUp(name: string, { pack, lone }: Pair, target: string | null): Measurement {
  return {
    bench: "packs",
    name,
    value: round(1000 / pack),
    unit: "lane steps/s",
    baseline: round(1000 / lone),
    ratio: lone / pack,
    target,
  };
}

function* regression({ pack, lone }: Pair): Iterable<Measurement> {
  const about = { bench: "packs", unit: "s", baseline: null, ratio: null } as const;
  yield {
    ...about,
    name: "regression network, one lane, 50,000 full-batch steps (from 2,000)",
    value: round(50 * lone),
    target: "≤ 15 s",
  };
  yield {
    bench: "packs",
    name: "the same with 32 lanes, in times of one lane",
    value: round(50 * 32 * pack),
    unit: "s",
    baseline: round(50 * lone),
    ratio: 32 * pack / lone,
    target: "≤ 8",
  };
}

/** A step's two large products, at the rate of the best plain one of that size, as share of a step. */
function share(
  units: number,
  rounds: readonly { readonly step: number; readonly product: number }[],
): Measurement {
  const step = median(rounds.map((found) => found.step));
  const product = median(rounds.map((found) => found.product));
  return {
    bench: "packs",
    name: `${units} fused units: share of the plain matmul's rate that a whole step reaches`,
    value: round(step),
    unit: "ms a step",
    baseline: round(2 * product),
    ratio: 2 * product / step,
    target: "≥ 0.7",
  };
}

/** Milliseconds of the faster of both layouts of `x[B, D] @ w[D, R]`, with operands that stay. */
async function productMs(batch: number, features: number, units: number): Promise<number> {
  const x = tf.randomNormal([batch, features]);
  const w = tf.randomNormal([features, units]);
  const xT = tf.randomNormal([features, batch]);
  const wT = tf.randomNormal([units, features]);
  const time = async (left: tf.Tensor, right: tf.Tensor): Promise<number> => {
    const times: number[] = [];
    for (let run = 0; run < 7; run++) {
      const started = performance.now();
      const product = tf.matMul(left, right);
      await product.data();
      times.push(performance.now() - started);
      product.dispose();
    }
    return median(times);
  };
  const best = Math.min(await time(x, w), await time(wT, xT));
  tf.dispose([x, w, xT, wT]);
  return best;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
