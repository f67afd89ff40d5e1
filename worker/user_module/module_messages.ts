/**
 * What crosses between a training thread and the `Worker` that runs a user's module. What comes from
 * there is checked like a message of a stranger: the module's code could send anything.
 */
import { z } from "zod";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { MAX_MODULE_METRICS, METRIC_NAME_REGEXP } from "../../core/domain/user_module.ts";

/** What a module is started with. */
export interface ModuleStart {
  readonly text: string;
  readonly parameters: Hyperparameters;
  readonly trial: number;
  readonly replicate: number;
  readonly seed: number;
  readonly resumed: { readonly epoch: number; readonly bytes: Uint8Array<ArrayBuffer> } | null;
}

/** To the module's worker. */
export type ModuleRequest =
  | { readonly type: "start"; readonly start: ModuleStart }
  /** The sweep has heard of this epoch and those before it. */
  | { readonly type: "decided"; readonly epoch: number }
  /** The signal is to abort. */
  | { readonly type: "stop"; readonly reason: string }
  /** The WebAssembly of TensorFlow.js; null: there is none here. */
  | { readonly type: "tensorflow"; readonly wasm: TensorflowWasm | null };

/** The two builds, of which TensorFlow.js takes the one that suits the processor. */
export interface TensorflowWasm {
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly simd: Uint8Array<ArrayBuffer>;
}

/** A name and a number each; numbers that are not finite are told from others later. */
const metricsSchema: z.ZodType<Readonly<Record<string, number>>> = z
  .custom<Readonly<Record<string, number>>>((value) => metricsProblem(value) === null);

/** From the module's worker. */
export type ModuleMessage =
  | {
    readonly type: "report";
    readonly epoch: number;
    readonly metrics: Readonly<Record<string, number>>;
  }
  | { readonly type: "checkpoint"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: "alive" }
  | { readonly type: "wantsTensorflow" }
  /** `metrics`: null if nothing was returned; a number is the objective. */
  | {
    readonly type: "returned";
    readonly metrics: Readonly<Record<string, number>> | number | null;
  }
  | {
    readonly type: "threw";
    readonly name: string;
    readonly message: string;
    readonly stack: string;
  };

/** Checks a message of a module. */
export const moduleMessageSchema: z.ZodType<ModuleMessage> = z.discriminatedUnion("type", [
  z.object({ type: z.literal("report"), epoch: z.int().min(1), metrics: metricsSchema }),
  z.object({
    type: z.literal("checkpoint"),
    bytes: z.custom<Uint8Array<ArrayBuffer>>((value) =>
      value instanceof Uint8Array && value.buffer instanceof ArrayBuffer
    ),
  }),
  z.object({ type: z.literal("alive") }),
  z.object({ type: z.literal("wantsTensorflow") }),
  z.object({
    type: z.literal("returned"),
    metrics: z.union([metricsSchema, z.custom<number>((value) => typeof value === "number")])
      .nullable(),
  }),
  z.object({
    type: z.literal("threw"),
    name: z.string(),
    message: z.string(),
    stack: z.string(),
  }),
]);

/** What is wrong with metrics that a module reports or returns; null if nothing is. */
export function metricsProblem(value: unknown): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `${describe(value)} is no record of numbers`;
  }
  const entries = Object.entries(value);
  if (entries.length > MAX_MODULE_METRICS) {
    return `it has ${entries.length} metrics; it must have at most ${MAX_MODULE_METRICS}`;
  }
  for (const [name, number] of entries) {
    if (!METRIC_NAME_REGEXP.test(name)) {
      return `${JSON.stringify(name.slice(0, 80))} is no name of 1 to 64 ASCII characters`;
    }
    if (typeof number !== "number") return `${name} is ${describe(number)}; it must be a number`;
  }
  return null;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
}
