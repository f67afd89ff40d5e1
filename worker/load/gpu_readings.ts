/** What `nvidia-smi --query-gpu` prints, read, and which of its GPUs a process is bound to. Pure. */
import { type GpuLoad, MOST_GPUS } from "../../core/protocol/worker_load.ts";

/** The arguments that make `nvidia-smi` print what is read here. */
export const GPU_QUERY: readonly string[] = [
  "--query-gpu=index,uuid,name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw",
  "--format=csv,noheader,nounits",
];

/** A GPU with the name that CUDA knows it by. */
export interface GpuReading {
  readonly uuid: string;
  readonly load: GpuLoad;
}

const MIB = 2 ** 20;
const NUMBER_REGEXP = /^-?\d+(\.\d+)?$/;
/** Fields before and after the name, which may have commas in it. */
const [BEFORE, AFTER] = [2, 5];

/** The GPUs in its output, a line each; other lines are left out. */
export function parseGpuReadings(output: string): readonly GpuReading[] {
  return output.split("\n").flatMap((line) => {
    const fields = line.split(",").map((field) => field.trim());
    const [index = "", uuid = ""] = fields;
    if (fields.length <= BEFORE + AFTER || !/^\d{1,4}$/.test(index)) return [];
    const [busy, used, total, celsius, watts] = fields.slice(-AFTER).map(numberIn);
    return [{
      uuid,
      load: {
        index: Number(index),
        name: fields.slice(BEFORE, -AFTER).join(", ").slice(0, 200),
        busyShare: scaled(busy, 0.01, 1),
        usedBytes: scaled(used, MIB),
        totalBytes: scaled(total, MIB),
        celsius: celsius ?? null,
        watts: scaled(watts, 1),
      },
    }];
  }).slice(0, MOST_GPUS);
}

/**
 * Those of `bound`, a value of CUDA_VISIBLE_DEVICES: numbers in the order of the bus, as `--gpus` sets
 * them, or the beginnings of UUIDs. All of them where the process is bound to none.
 */
export function boundGpus(
  readings: readonly GpuReading[],
  bound: string | undefined,
): readonly GpuLoad[] {
  if (bound === undefined) return readings.map(({ load }) => load);
  const names = bound.split(",").map((name) => name.trim()).filter((name) => name !== "");
  return readings.filter(({ uuid, load }) =>
    names.some((name) => /^\d+$/.test(name) ? Number(name) === load.index : uuid.startsWith(name))
  ).map(({ load }) => load);
}

/** Drivers write `[N/A]`, `[Not Supported]`, `[Unknown Error]` and the like. */
function numberIn(field: string): number | null {
  return NUMBER_REGEXP.test(field) ? Number(field) : null;
}

function scaled(value: number | null | undefined, unit: number, most = Infinity): number | null {
  return value === null || value === undefined || value < 0 ? null : Math.min(most, value * unit);
}
