/** The lanes' own numbers of a step (learning rates and the like) on the device. */
import * as tf from "@tensorflow/tfjs-core";
import type { FusedLayout } from "./fused_layout.ts";
import { uploadForTensors, uploadMasks, uploadOrdered } from "./fused_parameters.ts";
import type { LaneRates, Optimizer, StepNumbers, StepTensors } from "./optimizers/optimizer.ts";

type Name = keyof StepNumbers;

const NAMES: readonly Name[] = ["lossScale", "stepSize", "momentum", "decay", "rootScale"];

/** What a number is when it takes no operation. */
const NEUTRAL: Readonly<StepNumbers> = {
  lossScale: 1,
  stepSize: 1,
  momentum: 0,
  decay: 0,
  rootScale: 0,
};

/** One kind of number for all lanes, in the shapes that go with the network's tensors. */
interface Held {
  readonly values: readonly number[];
  readonly tensors: readonly tf.Tensor[];
}

/** The numbers of a step, as they are needed. */
export interface RatesOfStep {
  /** [Λ, 1, 1]: what each lane's loss is multiplied by; null: by 1. */
  readonly lossScale: tf.Tensor | null;
  /** What the step of the network's tensor at this position needs; to be called in `tf.tidy`. */
  readonly ofTensor: (index: number) => StepTensors;
}

/** Owns the tensors of the numbers; uploads again only what has changed since the last step. */
export class StepRates implements Disposable {
  readonly #lanes: readonly LaneRates[];
  readonly #layout: FusedLayout;
  readonly #optimizer: Optimizer;
  readonly #held = new Map<Name, Held>();
  /** The weights of inputs that only fill a block up must stay 0, and only a step moves them. */
  readonly #masks: readonly (tf.Tensor | null)[];

  /** Copies the masks to the device, and the numbers when they are first asked for. */
  constructor(
    lanes: readonly LaneRates[],
    { layout, optimizer }: { readonly layout: FusedLayout; readonly optimizer: Optimizer },
  ) {
    this.#lanes = lanes;
    this.#layout = layout;
    this.#optimizer = optimizer;
    this.#masks = uploadMasks(layout);
  }

  /** The numbers for the lanes' steps of these numbers. */
  at(steps: readonly number[]): RatesOfStep {
    const numbers = this.#lanes.map((rates, i) => this.#optimizer.numbersOf(rates, steps[i] ?? 1));
    for (const name of NAMES) this.#hold(name, numbers.map((lane) => Math.fround(lane[name])));
    const of = (name: Name, index: number): tf.Tensor | null =>
      this.#held.get(name)?.tensors[index] ?? null;
    return {
      lossScale: of("lossScale", 0),
      ofTensor: (index) => ({
        stepSize: masked(of("stepSize", index), this.#masks[index] ?? null),
        momentum: of("momentum", index),
        decay: of("decay", index),
        rootScale: of("rootScale", index),
      }),
    };
  }

  /** Frees the tensors. */
  [Symbol.dispose](): void {
    for (const { tensors } of this.#held.values()) tf.dispose([...tensors]);
    this.#held.clear();
    for (const mask of this.#masks) mask?.dispose();
  }

  #hold(name: Name, values: readonly number[]): void {
    const held = this.#held.get(name);
    if (held?.values.every((value, i) => value === values[i])) return;
    if (held !== undefined) tf.dispose([...held.tensors]);
    this.#held.set(name, { values, tensors: this.#upload(name, values) });
  }

  #upload(name: Name, values: readonly number[]): readonly tf.Tensor[] {
    if (values.every((value) => value === NEUTRAL[name])) return [];
    return name === "lossScale"
      ? [uploadOrdered(values, this.#layout)]
      : uploadForTensors(values, this.#layout);
  }
}

function masked(number: tf.Tensor | null, mask: tf.Tensor | null): tf.Tensor | null {
  return number === null || mask === null ? number ?? mask : tf.mul(number, mask);
}
