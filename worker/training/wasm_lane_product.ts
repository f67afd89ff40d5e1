/**
 * A kernel for the wasm backend: a fast product for each lane of a stack, without copying a lane.
 *
 * The backend's product of two plain matrices is fast, and that of two stacks is not; cutting a
 * stack into matrices would copy the whole stack for each. So this kernel tells the backend of
 * views: tensors that lie inside the stack's memory, known only as long as the product takes.
 */
import * as tf from "@tensorflow/tfjs-core";

/** The kernel's name in TensorFlow.js's registry. */
export const WASM_LANE_PRODUCT = "TrawlLaneProduct";

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** The part of TensorFlow.js's wasm backend that the kernel uses. */
interface WasmBackend {
  readonly dataIdMap: { get(id: object): { readonly id: number; readonly memoryOffset: number } };
  /** Numbers name tensors inside the module. */
  dataIdNextNumber: number;
  readonly wasm: {
    readonly cwrap: (name: string, result: null, types: readonly string[]) => Product;
    readonly tfjs: {
      readonly registerTensor: (id: number, size: number, offset: number) => void;
      readonly disposeData: (id: number) => void;
    };
  };
  makeOutput(shape: readonly number[], dtype: "float32"): tf.TensorInfo;
}

/** The module's product: ids, shapes as bytes and ranks of both operands, transposed?, result. */
type Product = (
  a: number,
  aShape: Uint8Array,
  aRank: number,
  b: number,
  bShape: Uint8Array,
  bRank: number,
  transposeA: boolean,
  transposeB: boolean,
  out: number,
) => void;

/** The product of each backend that was asked for it. */
const products = new WeakMap<WasmBackend, Product>();

/** Whether the kernel can run on the backend that is active; registers it where it can. */
export function hasFastLaneProduct(): boolean {
  if (tf.getBackend() !== "wasm") return false;
  if (tf.getKernel(WASM_LANE_PRODUCT, "wasm") === undefined) register();
  return true;
}

function register(): void {
  tf.registerKernel({
    kernelName: WASM_LANE_PRODUCT,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => {
      const { a, b } = inputs;
      if (a === undefined || b === undefined) {
        throw new TypeError("Cannot multiply the lanes of two stacks: one of them is missing");
      }
      return multiply(a, b, parseBackend(backend));
    },
  });
}

function parseBackend(backend: unknown): WasmBackend {
  return backend as WasmBackend;
}

/** [K, M, B] = [K, M, N] · [K, N, B] */
function multiply(a: tf.TensorInfo, b: tf.TensorInfo, backend: WasmBackend): tf.TensorInfo {
  const [lanes = 0, rows = 0, inner = 0] = a.shape;
  const columns = b.shape[2] ?? 0;
  const product = productOf(backend);
  const out = backend.makeOutput([lanes, rows, columns], "float32");
  const view = viewsOf(backend);
  const [ofA, ofB, ofOut] = [
    view(a, rows * inner),
    view(b, inner * columns),
    view(out, rows * columns),
  ];
  const [aShape, bShape] = [bytesOf([1, rows, inner]), bytesOf([1, inner, columns])];
  const { disposeData } = backend.wasm.tfjs;
  for (let lane = 0; lane < lanes; lane++) {
    const [idA, idB, idOut] = [ofA(lane), ofB(lane), ofOut(lane)];
    product(idA, aShape, 3, idB, bShape, 3, false, false, idOut);
    // Forgets the views, and what the product packed of its right-hand side; frees no memory.
    disposeData(idA);
    disposeData(idB);
    disposeData(idOut);
  }
  return out;
}

function productOf(backend: WasmBackend): Product {
  const known = products.get(backend);
  if (known !== undefined) return known;
  const operand = ["number", "array", "number"];
  const types = [...operand, ...operand, "number", "number", "number"];
  const product = backend.wasm.cwrap("BatchMatMul", null, types);
  products.set(backend, product);
  return product;
}

/** Makes views of one lane of a stack, as names that the module knows. */
function viewsOf(backend: WasmBackend) {
  return (stack: tf.TensorInfo, size: number) => {
    const { memoryOffset } = backend.dataIdMap.get(stack.dataId);
    return (lane: number): number => {
      const id = backend.dataIdNextNumber++;
      backend.wasm.tfjs.registerTensor(id, size, memoryOffset + lane * size * FLOAT_BYTES);
      return id;
    };
  };
}

function bytesOf(shape: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(shape).buffer);
}
