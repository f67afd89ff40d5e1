/**
 * The parameters of all lanes as the tensors of one fused network, and back.
 *
 * A fused network is a list of tensors in this order: the first layer of all lanes, then for each
 * block and each layer above the first its weights and its biases. Gradients and the slots of an
 * optimizer are lists of the same shapes.
 */
import * as tf from "@tensorflow/tfjs-core";
import { firstColumns, type FusedLayout, type LaneBlock } from "./fused_layout.ts";
import type { HostLayer } from "./layer.ts";

/** A layer of a block above the first: N inputs, M outputs of each of its K lanes. */
export interface BlockLayer {
  /** [K, M, N] */
  readonly weights: tf.Tensor3D;
  /** [K, M, 1] */
  readonly bias: tf.Tensor3D;
}

/** The list of tensors by its parts. */
export interface FusedParameters {
  /**
   * [R, D₁]: the weights of every first-layer unit, a row each, then its bias; where D₁ is more than
   * D + 1 (see `firstColumns`), zeros. Or its transpose (see first_layer_form.ts).
   */
  readonly first: tf.Tensor2D;
  /** For each block its layers above the first; the last of them gives the outputs. */
  readonly blocks: readonly (readonly BlockLayer[])[];
}

/** The parts of a list of tensors. */
export function partsOf(
  tensors: readonly tf.Tensor[],
  { blocks, depth }: FusedLayout,
): FusedParameters {
  const at = <T extends tf.Tensor>(index: number): T => {
    const tensor = tensors[index];
    if (tensor === undefined) throw new RangeError(`Cannot find tensor ${index} of a network`);
    return tensor as T;
  };
  return {
    first: at(0),
    blocks: blocks.map((_, block) =>
      Array.from({ length: depth }, (_, layer) => {
        const index = 1 + 2 * (block * depth + layer);
        return { weights: at(index), bias: at(index + 1) };
      })
    ),
  };
}

/** Copies the lanes' layers, in the order of `layout.widths`, to the device. */
export function uploadLanes(
  lanes: readonly (readonly HostLayer[])[],
  layout: FusedLayout,
): tf.Tensor[] {
  const { inputs, rows, blocks, depth } = layout;
  const first = new Float32Array(rows * firstColumns(inputs));
  const steps = firstSteps(layout);
  eachLane(layout, ({ lane, firstRow }) => {
    const layer = lanes[lane]?.[0];
    if (layer === undefined) return;
    const to = first.subarray(firstRow * steps.unit);
    writeWeights(to, layer, steps);
    for (let unit = 0; unit < layer.outputs; unit++) {
      to[unit * steps.unit + inputs * steps.input] = layer.bias[unit] ?? 0;
    }
  });
  const tensors: tf.Tensor[] = [tf.tensor2d(first, firstShape(layout))];
  for (const block of blocks) {
    for (let index = 1; index <= depth; index++) {
      const [outputs, k] = [outputsOf(layout, { block, index }), block.lanes.length];
      const weights = new Float32Array(k * outputs * block.width);
      const bias = new Float32Array(k * outputs);
      for (const [place, lane] of block.lanes.entries()) {
        const layer = lanes[lane]?.[index];
        if (layer === undefined) continue;
        const to = weights.subarray(place * outputs * block.width);
        writeWeights(to, layer, { unit: block.width, input: 1 });
        bias.set(layer.bias, place * outputs);
      }
      tensors.push(tf.tensor3d(weights, [k, outputs, block.width]));
      tensors.push(tf.tensor3d(bias, [k, outputs, 1]));
    }
  }
  return tensors;
}

/** Copies the layers of the lanes at these positions from the device. */
export async function downloadLanes(
  tensors: readonly tf.Tensor[],
  { layout, lanes }: { readonly layout: FusedLayout; readonly lanes: readonly number[] },
): Promise<readonly (readonly HostLayer[])[]> {
  const data: Float32Array[] = [];
  for (const tensor of tensors) data.push(Float32Array.from(await tensor.data()));
  const { inputs, widths, depth, blocks } = layout;
  const steps = firstSteps(layout);
  const found = new Map<number, HostLayer[]>();
  const [first = new Float32Array()] = data;
  eachLane(layout, ({ lane, block, place, firstRow }) => {
    if (!lanes.includes(lane)) return;
    const width = widths[lane] ?? 0;
    const from = first.subarray(firstRow * steps.unit);
    const biases = from.subarray(inputs * steps.input);
    const bias = Float32Array.from({ length: width }, (_, u) => biases[u * steps.unit] ?? 0);
    const shape = { inputs, outputs: width };
    const layers = [{ ...shape, weights: readWeights(from, shape, steps), bias }];
    for (let index = 1; index <= depth; index++) {
      const padded = outputsOf(layout, { block, index });
      const outputs = index === depth ? layout.outputs : width;
      const at = 1 + 2 * (blocks.indexOf(block) * depth + index - 1);
      const [weights, biases] = [data[at] ?? first, data[at + 1] ?? first];
      const rows = weights.subarray(place * padded * block.width);
      const shape = { inputs: width, outputs };
      layers.push({
        ...shape,
        weights: readWeights(rows, shape, { unit: block.width, input: 1 }),
        bias: biases.slice(place * padded, place * padded + outputs),
      });
    }
    found.set(lane, layers);
  });
  return lanes.map((lane) => found.get(lane) ?? []);
}

/** A number of each lane [Λ, 1, 1], in the order of everything computed. */
export function uploadOrdered(numbers: readonly number[], { order }: FusedLayout): tf.Tensor3D {
  return tf.tensor3d(order.map((lane) => numbers[lane] ?? 0), [order.length, 1, 1]);
}

/** A number of each lane in shapes that go with the network's tensors, in their order. */
export function uploadForTensors(numbers: readonly number[], layout: FusedLayout): tf.Tensor[] {
  const { rows, blocks, depth, unitsAs } = layout;
  const byRow = new Float32Array(rows);
  eachLane(layout, ({ lane, block, firstRow }) => {
    byRow.fill(numbers[lane] ?? 0, firstRow, firstRow + block.width);
  });
  const tensors: tf.Tensor[] = [
    tf.tensor2d(byRow, unitsAs === "rows" ? [rows, 1] : [1, rows]),
  ];
  for (const { lanes } of blocks) {
    const ofLane = tf.tensor3d(lanes.map((lane) => numbers[lane] ?? 0), [lanes.length, 1, 1]);
    for (let index = 0; index < 2 * depth; index++) tensors.push(ofLane);
  }
  return tensors;
}

/**
 * For each of the network's tensors null, or where some inputs only fill a block up [K, 1, P]: 0 for
 * those and 1 for the others.
 */
export function uploadMasks({ blocks, depth, widths }: FusedLayout): (tf.Tensor | null)[] {
  const masks: (tf.Tensor | null)[] = [null];
  for (const { lanes, width } of blocks) {
    const isFull = lanes.every((lane) => widths[lane] === width);
    const values = lanes.flatMap((lane) =>
      Array.from({ length: width }, (_, i) => i < (widths[lane] ?? 0) ? 1 : 0)
    );
    const mask = isFull ? null : tf.tensor3d(values, [lanes.length, 1, width]);
    for (let index = 0; index < depth; index++) masks.push(mask, null);
  }
  return masks;
}

/** Visits the lanes in the network's order. */
function eachLane(
  { blocks }: FusedLayout,
  visit: (lane: {
    readonly lane: number;
    readonly block: LaneBlock;
    readonly place: number;
    readonly firstRow: number;
  }) => void,
): void {
  for (const block of blocks) {
    for (const [place, lane] of block.lanes.entries()) {
      visit({ lane, block, place, firstRow: block.firstRow + place * block.width });
    }
  }
}

function outputsOf(
  { depth, outputs }: FusedLayout,
  { block, index }: { readonly block: LaneBlock; readonly index: number },
): number {
  return index === depth ? outputs : block.width;
}

/** How far apart in an array the weights of two units are that follow each other, and of two inputs. */
interface Steps {
  readonly unit: number;
  readonly input: number;
}

function firstSteps({ inputs, rows, unitsAs }: FusedLayout): Steps {
  const columns = firstColumns(inputs);
  return unitsAs === "rows" ? { unit: columns, input: 1 } : { unit: 1, input: rows };
}

function firstShape({ inputs, rows, unitsAs }: FusedLayout): [number, number] {
  const columns = firstColumns(inputs);
  return unitsAs === "rows" ? [rows, columns] : [columns, rows];
}

function writeWeights(target: Float32Array, layer: HostLayer, { unit, input }: Steps): void {
  const { inputs, outputs, weights } = layer;
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) target[o * unit + i * input] = weights[i * outputs + o] ?? 0;
  }
}

/** Weights [inputs, outputs] out of where they lie. */
function readWeights(
  source: Float32Array,
  { inputs, outputs }: Pick<HostLayer, "inputs" | "outputs">,
  { unit, input }: Steps,
): Float32Array {
  const weights = new Float32Array(inputs * outputs);
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) weights[i * outputs + o] = source[o * unit + i * input] ?? 0;
  }
  return weights;
}
