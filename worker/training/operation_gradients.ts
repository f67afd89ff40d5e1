/**
 * The derivatives of the operations that a forward pass is made of, for automatic differentiation.
 *
 * The main module of TensorFlow.js comes without its table of gradients, and the file that has it
 * can only be loaded by a bundler; so the few that are needed are told to its registry here. Each
 * says what a derivative dy by an operation's result makes of the derivatives by its operands.
 */
import * as tf from "@tensorflow/tfjs-core";
import { laneProduct } from "./lane_product.ts";
import { WASM_LANE_PRODUCT } from "./wasm_lane_product.ts";

type Gradients = Readonly<Record<string, () => tf.Tensor>>;

/** One operation: what of its forward pass its derivative needs, and the derivative. */
interface OperationGradient {
  readonly name: string;
  readonly inputs?: readonly string[];
  readonly keepsOutput?: true;
  readonly gradient: (
    dy: tf.Tensor,
    saved: readonly tf.Tensor[],
    attributes: tf.NamedAttrMap,
  ) => Gradients;
}

/** Tells TensorFlow.js the derivatives that it does not have yet. */
export function registerGradients(): void {
  for (const { name, inputs, keepsOutput, gradient } of OPERATIONS) {
    if (isKnown(name)) continue;
    tf.registerGradient({
      kernelName: name,
      inputsToSave: [...inputs ?? []],
      outputsToSave: keepsOutput === true ? [true] : [],
      gradFunc: (dy, saved, attributes) => {
        if (Array.isArray(dy)) throw new TypeError(`Cannot differentiate ${name}: it has parts`);
        return { ...gradient(dy, saved, attributes) };
      },
    });
  }
  registerParting();
}

/** Cutting into parts and putting together: each is the derivative of the other. */
function registerParting(): void {
  if (!isKnown(tf.SplitV)) {
    tf.registerGradient({
      kernelName: tf.SplitV,
      gradFunc: (parts, _saved, { axis }) => ({
        x: () => tf.concat([parts].flat(), Number(axis)),
      }),
    });
  }
  if (isKnown(tf.Concat)) return;
  tf.registerGradient({
    kernelName: tf.Concat,
    saveAllInputs: true,
    gradFunc: (dy, saved, { axis }) => {
      if (Array.isArray(dy)) throw new TypeError("Cannot differentiate Concat: it has parts");
      const sizes = saved.map(({ shape }) => shape[Number(axis)] ?? 0);
      const parts = tf.split(dy, sizes, Number(axis));
      return Object.fromEntries(parts.map((part, i) => [i, () => part]));
    },
  });
}

function isKnown(name: string): boolean {
  // The registry answers undefined for what it does not have, whatever its type says.
  return Boolean(tf.getGradient(name));
}

const OPERATIONS: readonly OperationGradient[] = [
  {
    name: tf.Add,
    inputs: ["a", "b"],
    gradient: (dy, [a, b]) => ({ a: () => fit(dy, a), b: () => fit(dy, b) }),
  },
  {
    name: tf.Sub,
    inputs: ["a", "b"],
    gradient: (dy, [a, b]) => ({ a: () => fit(dy, a), b: () => fit(tf.neg(dy), b) }),
  },
  {
    name: tf.Multiply,
    inputs: ["a", "b"],
    gradient: (dy, [a, b]) => ({
      a: () => fit(tf.mul(dy, due(b)), a),
      b: () => fit(tf.mul(dy, due(a)), b),
    }),
  },
  {
    name: tf.RealDiv,
    inputs: ["a", "b"],
    gradient: (dy, [a, b]) => ({
      a: () => fit(tf.div(dy, due(b)), a),
      b: () => fit(tf.neg(tf.div(tf.mul(dy, due(a)), tf.square(due(b)))), b),
    }),
  },
  {
    name: tf.BatchMatMul,
    inputs: ["a", "b"],
    gradient: (dy, [a, b], { transposeA, transposeB }) => {
      if (transposeA === true || transposeB === true) {
        throw new TypeError("Cannot differentiate a product of transposed matrices");
      }
      return {
        a: () => timesTransposed(dy, due(b)), // dy bᵀ
        b: () => transposedTimes(due(a), dy), // aᵀ dy
      };
    },
  },
  {
    name: WASM_LANE_PRODUCT,
    inputs: ["a", "b"],
    gradient: (dy, [a, b]) => ({
      a: () => laneProduct(stack(dy), stack(b), "right"), // dy bᵀ
      b: () => laneProduct(stack(a), stack(dy), "left"), // aᵀ dy
    }),
  },
  { name: tf.Relu, inputs: ["x"], gradient: (dy, [x]) => by(() => tf.mul(dy, tf.step(due(x)))) },
  {
    name: tf.Sigmoid,
    keepsOutput: true,
    gradient: (dy, [y]) => by(() => tf.mul(dy, tf.mul(due(y), tf.sub(1, due(y))))),
  },
  {
    name: tf.Tanh,
    keepsOutput: true,
    gradient: (dy, [y]) => by(() => tf.mul(dy, tf.sub(1, tf.square(due(y))))),
  },
  {
    name: tf.Softplus,
    inputs: ["x"],
    gradient: (dy, [x]) => by(() => tf.mul(dy, tf.sigmoid(due(x)))),
  },
  { name: tf.Exp, keepsOutput: true, gradient: (dy, [y]) => by(() => tf.mul(dy, due(y))) },
  { name: tf.Log, inputs: ["x"], gradient: (dy, [x]) => by(() => tf.div(dy, due(x))) },
  {
    name: tf.Sum,
    inputs: ["x"],
    gradient: (dy, [x], { axis }) => by(() => spread(dy, { like: due(x), axis })),
  },
  {
    name: tf.Reshape,
    inputs: ["x"],
    gradient: (dy, [x]) => by(() => tf.reshape(dy, due(x).shape)),
  },
  {
    name: tf.Transpose,
    gradient: (dy, _saved, { perm }) =>
      by(() => tf.transpose(dy, tf.backend_util.getUndoAxesPermutation([perm].flat().map(Number)))),
  },
  { name: tf.Neg, gradient: (dy) => by(() => tf.neg(dy)) },
  { name: tf.Identity, gradient: (dy) => by(() => tf.clone(dy)) },
];

/** a bᵀ; turned beforehand, because wasm multiplies plain matrices ten times as fast. */
function timesTransposed(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return b.rank === 2 ? tf.matMul(a, tf.transpose(b)) : tf.matMul(a, b, false, true);
}

/** aᵀ b, in the same way. */
function transposedTimes(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return a.rank === 2 ? tf.matMul(tf.transpose(a), b) : tf.matMul(a, b, true, false);
}

function by(x: () => tf.Tensor): Gradients {
  return { x };
}

function due(tensor: tf.Tensor | undefined): tf.Tensor {
  if (tensor === undefined) throw new TypeError("Cannot differentiate: an operand was not kept");
  return tensor;
}

function stack(tensor: tf.Tensor | undefined): tf.Tensor3D {
  const { shape: [lanes = 1, rows = 1, columns = 1] } = due(tensor);
  return tf.reshape(due(tensor), [lanes, rows, columns]);
}

/** What was broadcast to several places has the derivatives of all of them, added up. */
function fit(dy: tf.Tensor, operand: tf.Tensor | undefined): tf.Tensor {
  const { shape } = due(operand);
  const axes = tf.broadcast_util.getReductionAxes(shape, dy.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(dy, axes) : dy, shape);
}

/** The derivative by a sum is that of each number that was added up. */
function spread(
  dy: tf.Tensor,
  { like, axis }: { readonly like: tf.Tensor; readonly axis: unknown },
): tf.Tensor {
  const axes = new Set(Array.isArray(axis) ? axis : typeof axis === "number" ? [axis] : []);
  const isAdded = (i: number): boolean =>
    axes.size === 0 || axes.has(i) || axes.has(i - like.shape.length);
  const kept = like.shape.map((size, i) => isAdded(i) ? 1 : size);
  return tf.mul(tf.reshape(dy, kept), tf.onesLike(like));
}
