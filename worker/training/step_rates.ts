/** The lanes' own numbers of a step (learning rates and the like) on the device. */
import * as tf from "@tensorflow/tfjs-core";
import type { FusedLayout } from "./fused_layout.ts";
import { uploadLaneNumbers } from "./fused_parameters.ts";
import type { LaneRates, Optimizer, StepNumbers, StepTensors } from "./optimizers/optimizer.ts";

const NAMES: readonly (keyof StepNumbers)[] = ["stepSize", "momentum", "decay", "rootScale"];

/** One kind of number for all lanes, in the shapes that go with the network's tensors. */
interface Held {
  readonly values: readonly number[];
  readonly tensors: readonly tf.Tensor[];
}

/** Owns the tensors of the numbers; uploads again only what has changed since the last step. */
export class StepRates implements Disposable {
  readonly #lanes: readonly LaneRates[];
  readonly #layout: FusedLayout;
  readonly #optimizer: Optimizer;
  readonly #held = new Map<keyof StepNumbers, Held>();

  /** Makes no tensors yet. */
  constructor(
    lanes: readonly LaneRates[],
    { layout, optimizer }: { readonly layout: FusedLayout; readonly optimizer: Optimizer },
  ) {
    this.#lanes = lanes;
    this.#layout = layout;
    this.#optimizer = optimizer;
  }

  /** The numbers for the lanes' steps of these numbers, by the position of a network's tensor. */
  at(steps: readonly number[]): (tensor: number) => StepTensors {
    const numbers = this.#lanes.map((rates, i) => this.#optimizer.numbersOf(rates, steps[i] ?? 1));
    for (const name of NAMES) this.#hold(name, numbers.map((lane) => Math.fround(lane[name])));
    return (tensor) => {
      const of = (name: keyof StepNumbers): tf.Tensor | null =>
        this.#held.get(name)?.tensors[tensor] ?? null;
      return {
        stepSize: of("stepSize"),
        momentum: of("momentum"),
        decay: of("decay"),
        rootScale: of("rootScale"),
      };
    };
  }

  /** Frees the tensors. */
  [Symbol.dispose](): void {
    for (const { tensors } of this.#held.values()) tf.dispose([...tensors]);
    this.#held.clear();
  }

  #hold(name: keyof StepNumbers, values: readonly number[]): void {
    const held = this.#held.get(name);
    if (held?.values.every((value, i) => value === values[i])) return;
    if (held !== undefined) tf.dispose([...held.tensors]);
    // A number that is 0 for every lane saves its operations.
    const isNeeded = values.some((value) => value !== 0);
    const layout = this.#layout;
    // The weights of inputs that only fill a block up must not move; no other number moves them.
    const isMasked = name === "stepSize";
    const tensors = isNeeded ? uploadLaneNumbers(values, { layout, isMasked }) : [];
    this.#held.set(name, { values, tensors });
  }
}
