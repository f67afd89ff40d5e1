/** Scoring the lanes of a fused network on a split: loss, hits, and what was predicted. */
import * as tf from "@tensorflow/tfjs-core";
import type { TaskKind } from "../../core/domain/task_kind.ts";
import type { Dataset, Split } from "../datasets/dataset.ts";
import { DeviceExamples } from "./device_examples.ts";
import { writeTargets } from "./example_rows.ts";
import type { FusedNetwork, FusedOutputs } from "./fused_network.ts";
import { countHits } from "./hits.ts";
import { lossParts } from "./losses.ts";
import { PaddedRows } from "./padded_rows.ts";

/** How a lane did on a split. */
export interface Evaluation {
  /** The mean loss; not finite for a network that has diverged. */
  readonly loss: number;
  /** The share of examples classified rightly; 0 where there are no classes. */
  readonly accuracy: number;
}

/** How a lane did, example by example. */
export interface Examination extends Evaluation {
  /** For each example the class that was predicted, or the value. */
  readonly predictions: Float32Array;
  /** The probability of each predicted class; empty where there are no classes. */
  readonly confidences: Float32Array;
  /** The cross-entropy of each example in nats, whatever was trained on; empty without classes. */
  readonly losses: Float32Array;
}

/** What an evaluator needs. */
export interface EvaluatorOptions {
  /** Where kind, outputs, features and normalisation are taken from. */
  readonly dataset: Dataset;
  /** The split of the dataset to score on. */
  readonly split: Split;
  /** Awaited between chunks, so that the thread can hear messages. */
  readonly breathe: () => Promise<void>;
  /** How much memory of the device the split may take between evaluations; 128 MiB when absent. */
  readonly residentBytes?: number;
}

/** Examples scored at a time. */
const CHUNK = 500;
/** A split whose inputs take no more than this stays on the device between evaluations. */
const RESIDENT_BYTES = 2 ** 27;

/** What the lanes' losses [Λ] and hits [Λ] add up to. */
type Totals = { readonly losses: tf.Tensor; readonly hits: tf.Tensor };

/** Examples from `start` on: what the lanes make of them, and what is due [C, B]. */
interface ScoredChunk {
  readonly outputs: FusedOutputs;
  readonly targets: tf.Tensor2D;
  readonly start: number;
}

/** Scores networks on one split, whose tensors it keeps when they are small enough. */
export class Evaluator implements Disposable {
  readonly #options: EvaluatorOptions;
  readonly #isResident: boolean;
  readonly #rows: PaddedRows;
  readonly #chunks: DeviceExamples[] = [];

  /** Makes no tensors yet; the first evaluation does. */
  constructor(options: EvaluatorOptions) {
    this.#options = options;
    const { split, dataset: { normalisation }, residentBytes = RESIDENT_BYTES } = options;
    const { count, features } = split;
    this.#isResident = count * features * Float32Array.BYTES_PER_ELEMENT <= residentBytes;
    this.#rows = new PaddedRows(split, { normalisation, residentBytes: 0 });
  }

  /** Scores every lane on the whole split, in the order in which the lanes were given. */
  async evaluate(network: FusedNetwork): Promise<readonly Evaluation[]> {
    return await this.#score(network, () => Promise.resolve());
  }

  /** The same, with what each lane makes of each example. */
  async examine(network: FusedNetwork): Promise<readonly Examination[]> {
    const { split: { count }, dataset: { kind } } = this.#options;
    const withClasses = kind === "regression" ? 0 : count;
    const found = network.layout.order.map(() => ({
      predictions: new Float32Array(count),
      confidences: new Float32Array(withClasses),
      losses: new Float32Array(withClasses),
    }));
    const scores = await this.#score(network, async ({ outputs, targets, start }) => {
      await readInto(found.map(({ predictions }) => predictions), {
        of: () => predictionsOf(kind, outputs),
        start,
      });
      if (kind === "regression") return;
      await readInto(found.map(({ confidences }) => confidences), {
        of: () => confidencesOf(kind, outputs),
        start,
      });
      await readInto(found.map(({ losses }) => losses), {
        of: () => crossEntropies(kind, outputs, targets),
        start,
      });
    });
    const none = new Float32Array();
    const nothing = { predictions: none, confidences: none, losses: none };
    const ordered = network.inLaneOrder((place) => found[place] ?? nothing);
    return scores.map((score, lane) => ({ ...score, ...(ordered[lane] ?? nothing) }));
  }

  /** Frees the tensors that were kept. */
  [Symbol.dispose](): void {
    for (const chunk of this.#chunks.splice(0)) chunk[Symbol.dispose]();
  }

  async #score(
    network: FusedNetwork,
    look: (chunk: ScoredChunk) => Promise<void>,
  ): Promise<readonly Evaluation[]> {
    const { breathe, split: { count }, dataset: { kind } } = this.#options;
    const { loss } = network.options;
    let totals: Totals | null = null;
    for (let start = 0; start < count; start += CHUNK) {
      const chunk = this.#chunkAt(start);
      const outputs = tf.tidy(() => network.forward(chunk)); // [Λ, C, B]
      const next: Totals = tf.tidy(() => {
        const losses = lossParts(loss, outputs, chunk.y).sums(); // [Λ]
        const hits = countHits(kind, outputs, chunk.y); // [Λ]
        if (totals === null) return { losses, hits };
        return { losses: tf.add(totals.losses, losses), hits: tf.add(totals.hits, hits) };
      });
      if (totals !== null) tf.dispose(totals);
      totals = next;
      await look({ outputs, targets: chunk.y, start });
      outputs.dispose();
      if (!this.#isResident) chunk[Symbol.dispose]();
      await breathe();
    }
    return await readTotals(totals, { network, count });
  }

  #chunkAt(start: number): DeviceExamples {
    const held = this.#chunks[start / CHUNK];
    if (held !== undefined) return held;
    const { split, dataset: { outputs } } = this.#options;
    const size = Math.min(CHUNK, split.count - start);
    const indices = Uint32Array.from({ length: size }, (_, i) => start + i);
    const targets = new Float32Array(size * outputs);
    writeTargets(targets, { split, indices, outputs });
    const chunk = new DeviceExamples({ rows: () => this.#rows.at(indices), targets, outputs });
    if (this.#isResident) this.#chunks.push(chunk);
    return chunk;
  }
}

async function readTotals(
  totals: Totals | null,
  { network, count }: { readonly network: FusedNetwork; readonly count: number },
): Promise<readonly Evaluation[]> {
  const losses = await totals?.losses.data() ?? [];
  const hits = await totals?.hits.data() ?? [];
  if (totals !== null) tf.dispose(totals);
  return network.inLaneOrder((place) => ({
    loss: (losses[place] ?? NaN) / count,
    accuracy: (hits[place] ?? NaN) / count,
  }));
}

/** Copies the rows of a tensor [Λ, B] to `start` in one array for each. */
async function readInto(
  arrays: readonly Float32Array[],
  { of, start }: { readonly of: () => tf.Tensor; readonly start: number },
): Promise<void> {
  const tensor = tf.tidy(of);
  const values = await tensor.data();
  const size = values.length / arrays.length;
  tensor.dispose();
  for (const [place, array] of arrays.entries()) {
    array.set(values.subarray(place * size, (place + 1) * size), start);
  }
}

/** [Λ, B]: the probability of the class that each lane predicts for each example. */
function confidencesOf(kind: "classification" | "binary", z: FusedOutputs): tf.Tensor {
  // 1 / Σ exp(z − max z) is the greatest of softmax(z); σ(|z|) the greater of σ(z) and 1 − σ(z).
  if (kind === "binary") return tf.sigmoid(tf.abs(tf.reshape(z, [z.shape[0], -1])));
  return tf.div(1, tf.sum(tf.exp(tf.sub(z, tf.max(z, 1, true))), 1));
}

/** [Λ, B]: the cross-entropy of each example, in a form that stays finite however small p(class) is. */
function crossEntropies(
  kind: "classification" | "binary",
  z: FusedOutputs,
  y: tf.Tensor2D,
): tf.Tensor {
  // softplus(−z) where 1 is due, softplus(z) where 0 is; else log Σ exp(z − max z) − (z − max z)(class).
  if (kind === "binary") {
    const s = tf.mul(z, tf.sub(1, tf.mul(y, 2)));
    return tf.reshape(tf.softplus(s), [z.shape[0], -1]);
  }
  const shifted = tf.sub(z, tf.max(z, 1, true)); // [Λ, C, B]
  const logTotal = tf.log(tf.sum(tf.exp(shifted), 1)); // [Λ, B]
  return tf.sub(logTotal, tf.sum(tf.mul(shifted, y), 1));
}

/** [Λ, B]: the class, or the value, that each lane predicts for each example. */
function predictionsOf(kind: TaskKind, outputs: FusedOutputs): tf.Tensor {
  switch (kind) {
    case "classification":
      return tf.cast(tf.argMax(outputs, 1), "float32");
    case "binary":
      return tf.step(tf.reshape(outputs, [outputs.shape[0], -1]));
    case "regression":
      return tf.reshape(outputs, [outputs.shape[0], -1]);
    default:
      return kind satisfies never;
  }
}
