/** The lanes of a pack in training as one network: its tensors, its steps, and each lane's part. */
import * as tf from "@tensorflow/tfjs-core";
import type { GradientMode, OptimizerKind } from "../../core/domain/mlp_parameters.ts";
import type { Loss, TaskKind } from "../../core/domain/task_kind.ts";
import type { Activation } from "./activation.ts";
import { autoGradients } from "./fused_autodiff.ts";
import type { Examples } from "./device_examples.ts";
import { cheaperForm } from "./first_layer_form.ts";
import { fusedForward } from "./fused_forward.ts";
import { backpropagate } from "./fused_gradients.ts";
import { firstColumns, type FusedLayout, layOut } from "./fused_layout.ts";
import { downloadLanes, partsOf, uploadLanes } from "./fused_parameters.ts";
import { countHits } from "./hits.ts";
import type { HostLayer } from "./layer.ts";
import { lossParts } from "./losses.ts";
import type { Minibatch } from "./minibatches.ts";
import type { LaneRates, Optimizer, SlotName } from "./optimizers/optimizer.ts";
import { optimizerOf } from "./optimizers/optimizer_of.ts";
import { StepRates } from "./step_rates.ts";

/** What the lanes have in common. */
export interface FusedNetworkOptions {
  /** What stands between the layers. */
  readonly activation: Activation;
  /** The update rule. */
  readonly optimizer: OptimizerKind;
  /** Where gradients come from. */
  readonly gradient: GradientMode;
  /** What is made small. */
  readonly loss: Loss;
  /** What counts as right. */
  readonly kind: TaskKind;
  /** Examples in a minibatch, to weigh how lanes are best laid out. */
  readonly batchSize: number;
  /** Whether every minibatch is the same, so that a backend prepares it only once. */
  readonly isSameMinibatch?: boolean;
}

/** Where a lane is: enough to go on from. */
export interface LaneState {
  /** Optimizer steps since the trial began. */
  readonly step: number;
  /** The network, input side first. */
  readonly layers: readonly HostLayer[];
  /** What the optimizer remembers, by its name for it, in the shapes of the layers. */
  readonly slots: Readonly<Partial<Record<SlotName, readonly HostLayer[]>>>;
}

/** A lane to be trained. */
export interface FusedLane {
  /** What it chooses for itself. */
  readonly rates: LaneRates;
  /** Where it begins. */
  readonly state: LaneState;
}

/** What a lane's examples added up to. */
export interface LaneTally {
  /** The sum of the examples' losses; not finite for a lane that has diverged. */
  readonly lossSum: number;
  /** How many examples were classified rightly. */
  readonly correct: number;
}

/** Outputs of all lanes [Λ, C, B] and, in the order of `lanes`, where each of them is. */
export type FusedOutputs = tf.Tensor3D;

/** Owns the tensors of all lanes. */
export class FusedNetwork implements Disposable {
  readonly #options: FusedNetworkOptions;
  readonly #layout: FusedLayout;
  readonly #optimizer: Optimizer;
  readonly #rates: StepRates;
  #tensors: tf.Tensor[];
  /** For each slot its tensors, in the order of the optimizer's slots. */
  #slots: tf.Tensor[][];
  /** [Λ] sums of losses and [Λ] counts of hits; empty when nothing was counted. */
  #tally: readonly tf.Tensor[] = [];
  #stepsTaken = 0;
  readonly #firstSteps: readonly number[];

  /** Copies the lanes, all of one shape but for their widths, to the active backend. */
  constructor(lanes: readonly FusedLane[], options: FusedNetworkOptions) {
    this.#options = options;
    this.#layout = layoutOf(lanes, options);
    this.#optimizer = optimizerOf(options.optimizer);
    const layout = this.#layout;
    this.#rates = new StepRates(lanes.map(({ rates }) => rates), {
      layout,
      optimizer: this.#optimizer,
    });
    this.#firstSteps = lanes.map(({ state }) => state.step);
    this.#tensors = uploadLanes(lanes.map(({ state }) => state.layers), layout);
    this.#slots = this.#optimizer.slots.map((slot) =>
      uploadLanes(lanes.map(({ state }) => state.slots[slot] ?? []), layout)
    );
  }

  /** Where the lanes are. */
  get layout(): FusedLayout {
    return this.#layout;
  }

  /** What the network does is scored by this. */
  get options(): FusedNetworkOptions {
    return this.#options;
  }

  /** One step of every lane; `isCounted`: its losses and hits go into the tally. */
  train(minibatch: Minibatch, { isCounted }: { readonly isCounted: boolean }): void {
    this.#stepsTaken++;
    const rates = this.#rates.at(this.#firstSteps.map((first) => first + this.#stepsTaken));
    const next = tf.tidy(() => {
      const { gradients, tally } = this.#differentiate(minibatch, {
        isCounted,
        lossScale: rates.lossScale,
      });
      const updated = this.#tensors.map((parameter, i) =>
        this.#optimizer.update({
          parameter,
          gradient: gradients[i] ?? parameter,
          slots: this.#slots.map((slot) => slot[i] ?? parameter),
          numbers: rates.ofTensor(i),
        })
      );
      return {
        tensors: updated.map(({ parameter }) => parameter),
        slots: this.#slots.map((_, slot) =>
          updated.map(({ slots }) => slots[slot] ?? tf.scalar(0))
        ),
        tally,
      };
    });
    tf.dispose([this.#tensors, this.#slots]);
    this.#tensors = next.tensors;
    this.#slots = next.slots;
    if (next.tally.length > 0) {
      tf.dispose([...this.#tally]);
      this.#tally = next.tally;
    }
  }

  /** The outputs [Λ, C, B] for these examples; to be called inside `tf.tidy`. */
  forward(examples: Examples): FusedOutputs {
    const { activation } = this.#options;
    const parameters = partsOf(this.#tensors, this.#layout);
    return fusedForward(parameters, examples, { layout: this.#layout, activation }).outputs;
  }

  /** The tally since the last call, in the order in which the lanes were given. */
  async takeTally(): Promise<readonly LaneTally[]> {
    const tally = this.#tally;
    this.#tally = [];
    const [losses, hits] = [await tally[0]?.data() ?? [], await tally[1]?.data() ?? []];
    tf.dispose([...tally]);
    return this.inLaneOrder((place) => ({
      lossSum: losses[place] ?? NaN,
      correct: hits[place] ?? NaN,
    }));
  }

  /** What is made for each place of `layout.order`, in the order in which the lanes were given. */
  inLaneOrder<T>(make: (place: number) => T): T[] {
    return this.#layout.widths.map((_, lane) => make(this.#layout.order.indexOf(lane)));
  }

  /** Copies of the lanes at these positions. */
  async snapshot(lanes: readonly number[]): Promise<readonly LaneState[]> {
    const [layout, names] = [this.#layout, this.#optimizer.slots];
    const layers = await downloadLanes(this.#tensors, { layout, lanes });
    const slots: (readonly (readonly HostLayer[])[])[] = [];
    for (const slot of this.#slots) slots.push(await downloadLanes(slot, { layout, lanes }));
    return lanes.map((lane, i) => ({
      step: (this.#firstSteps[lane] ?? 0) + this.#stepsTaken,
      layers: layers[i] ?? [],
      slots: Object.fromEntries(names.map((name, slot) => [name, slots[slot]?.[i] ?? []])),
    }));
  }

  /** Frees the tensors. */
  [Symbol.dispose](): void {
    tf.dispose([this.#tensors, this.#slots, [...this.#tally]]);
    this.#tally = [];
    this.#rates[Symbol.dispose]();
  }

  #differentiate(
    minibatch: Minibatch,
    { isCounted, lossScale }: {
      readonly isCounted: boolean;
      readonly lossScale: tf.Tensor | null;
    },
  ): { readonly gradients: tf.Tensor[]; readonly tally: tf.Tensor[] } {
    const { activation, loss, gradient } = this.#options;
    const { y } = minibatch;
    const [layout, tensors] = [this.#layout, this.#tensors];
    if (gradient === "auto") {
      const found = autoGradients(minibatch, { tensors, layout, activation, loss, lossScale });
      const sums = (): tf.Tensor => lossParts(loss, found.outputs, y).sums();
      const tally = isCounted ? this.#tallyWith(found.outputs, { y, sums }) : [];
      return { gradients: found.gradients, tally };
    }
    const parameters = partsOf(tensors, layout);
    const pass = fusedForward(parameters, minibatch, { layout, activation });
    const { sums, derivative } = lossParts(loss, pass.outputs, y);
    return {
      gradients: backpropagate({
        parameters,
        pass,
        derivative: lossScale === null ? derivative() : tf.mul(derivative(), lossScale), // [Λ, C, B]
        examples: minibatch,
        layout,
        activation,
      }),
      tally: isCounted ? this.#tallyWith(pass.outputs, { y, sums }) : [],
    };
  }

  /** Added up on the device: reading a number back at each step would stall a GPU. */
  #tallyWith(
    outputs: FusedOutputs,
    { y, sums }: { readonly y: tf.Tensor2D; readonly sums: () => tf.Tensor },
  ): tf.Tensor[] {
    const [losses, hits] = [sums(), countHits(this.#options.kind, outputs, y)];
    const [lossesSoFar, hitsSoFar] = this.#tally;
    if (lossesSoFar === undefined || hitsSoFar === undefined) return [losses, hits];
    return [tf.add(lossesSoFar, losses), tf.add(hitsSoFar, hits)];
  }
}

function layoutOf(
  lanes: readonly FusedLane[],
  { batchSize, isSameMinibatch = false }: FusedNetworkOptions,
): FusedLayout {
  const layers = lanes[0]?.state.layers ?? [];
  const shape = {
    inputs: layers[0]?.inputs ?? 0,
    outputs: layers.at(-1)?.outputs ?? 0,
    depth: layers.length - 1,
    widths: lanes.map(({ state }) => state.layers[0]?.outputs ?? 0),
    batchSize,
  };
  const layout = layOut(shape);
  // Only this backend packs what is new; the others would turn results for nothing.
  if (isSameMinibatch || tf.getBackend() !== "wasm") return layout;
  const columns = firstColumns(shape.inputs);
  return { ...layout, unitsAs: cheaperForm({ columns, rows: layout.rows, batchSize }) };
}
