/**
 * Trains the table on the backend that the first argument names and compares with `cpu`. A process of
 * its own for each backend: native libraries do not get on with each other in one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import type { TrialId } from "../../core/domain/ids.ts";
import { type Backend, BACKEND_NAMES } from "../../worker/engine/backend.ts";
import { createBackendLoaders } from "../../worker/engine/backend_loaders.ts";
import { chooseBackend } from "../../worker/engine/choose_backend.ts";
import { cpuBackend } from "../../worker/engine/cpu_backend.ts";
import { refusalReason } from "../../worker/engine/refusal_reason.ts";
import { type PackRun, runPack, testClock, trialOf } from "../../worker/training/testing.ts";
import { type ConformanceCase, conformanceCases } from "./conformance_cases.ts";
import type { ConformanceLine } from "./conformance_report.ts";

const [name, addonsDir] = Deno.args;
const print = (line: ConformanceLine): void => console.log(JSON.stringify(line));

let backend: Backend;
try {
  const loaders = createBackendLoaders({ addonsDir: addonsDir || null });
  ({ backend } = await chooseBackend(z.enum(BACKEND_NAMES).parse(name), loaders));
} catch (error) {
  print({ type: "unavailable", reason: refusalReason(error) });
  Deno.exit(0);
}
print({ type: "backend", device: backend.device });
const oracle = await cpuBackend.load();
for (const [index, each] of conformanceCases().entries()) print(await compare(each, index));

async function compare(each: ConformanceCase, index: number): Promise<ConformanceLine> {
  const due = await train(each, oracle);
  const before = tf.memory().numTensors;
  const found = await train(each, backend);
  const leaked = tf.memory().numTensors - before;
  const { lanes } = each.spec;
  const lane = lanes[index % lanes.length]!;
  const alone = await train({ ...each, spec: { ...each.spec, lanes: [lane] } }, backend);
  const partOf = (run: PackRun, trial: TrialId): number[] => numbersOf(trialOf(run, trial));
  return {
    type: "case",
    name: each.name,
    difference: Math.max(
      ...lanes.map(({ trial }) => differenceOf(partOf(found, trial), partOf(due, trial))),
    ),
    loneDifference: differenceOf(partOf(alone, lane.trial), partOf(found, lane.trial)),
    leaked,
  };
}

async function train({ spec, dataset }: ConformanceCase, on: Backend): Promise<PackRun> {
  await on.activate();
  return await runPack(spec, { dataset, backend: on, clock: testClock });
}

/** The largest difference relative to max(1, size); infinite where the numbers do not pair up. */
function differenceOf(found: readonly number[], due: readonly number[]): number {
  if (found.length !== due.length || due.length === 0) return Infinity;
  return due.reduce((worst, value, i) => {
    const difference = Math.abs((found[i] ?? NaN) - value) / Math.max(1, Math.abs(value));
    return difference <= worst ? worst : Number.isNaN(difference) ? Infinity : difference;
  }, 0);
}

/** All numbers of a run but the confusion of classes, which jumps where a logit hardly moves. */
function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (value instanceof Float32Array) return [...value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === "confusion" || key.endsWith("_accuracy") ? [] : numbersOf(part)
  );
}
