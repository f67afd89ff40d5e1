/**
 * What crosses between a slot and the `Worker` that runs a user's module. What comes from
 * there is checked like a message of a stranger: the module's code could send anything.
 */
import { z } from "zod";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { MAX_MODULE_CHECKPOINT_BYTES } from "../../core/domain/user_module.ts";
import { LOG_LEVELS } from "../../core/domain/attempt_log.ts";
import { LINES_A_PORTION, LONGEST_PRINTED, type PrintedLines } from "./console_capture.ts";
import { metricsProblem } from "./metrics_problem.ts";

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
  /** What the module printed. */
  | ({ readonly type: "printed" } & PrintedLines)
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
      value instanceof Uint8Array && value.buffer instanceof ArrayBuffer &&
      value.length <= MAX_MODULE_CHECKPOINT_BYTES
    ),
  }),
  z.object({ type: z.literal("alive") }),
  z.object({ type: z.literal("wantsTensorflow") }),
  z.object({
    type: z.literal("printed"),
    lines: z.array(
      z.object({ level: z.enum(LOG_LEVELS), text: z.string().max(LONGEST_PRINTED) }),
    ).max(LINES_A_PORTION),
    skipped: z.int().min(0),
  }),
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
