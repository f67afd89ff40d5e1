/** A worker's measurements as series, one for each quantity. Pure. */
import type { GpuLoad, WorkerLoad } from "../../core/protocol/worker_load.ts";
import type { FleetGpu, FleetLoad, LoadSeries } from "../client/fleet/fleet_load.ts";

/** The load of now with the parts of the last minutes; null where the worker measured nothing. */
export function fleetLoad(
  latest: WorkerLoad | undefined,
  { parts, minutes }: {
    readonly parts: readonly (WorkerLoad | null)[];
    readonly minutes: number;
  },
): FleetLoad | null {
  if (latest === undefined) return null;
  const series = (of: (load: WorkerLoad) => number | null): LoadSeries => ({
    now: rounded(of(latest)),
    points: parts.map((load) => load === null ? null : rounded(of(load))),
  });
  const { tensors, gpus, gpusUnknown = null, processors, hostMemory } = latest;
  return {
    measuredAt: latest.at,
    minutes,
    processors: processors.count,
    processorShare: series((load) => load.processors.busyShare),
    hostUsedBytes: series((load) => load.hostMemory.usedBytes),
    hostTotalBytes: hostMemory.totalBytes,
    processBytes: series((load) => load.processBytes),
    tensors: tensors === undefined ? null : { bytes: tensors.bytes, count: tensors.tensors },
    gpus: gpus.map((gpu) => gpuOf(gpu, series)),
    gpusUnknown: gpus.length > 0 ? null : gpusUnknown,
  };
}

function gpuOf(
  { index, name, totalBytes }: GpuLoad,
  series: (of: (load: WorkerLoad) => number | null) => LoadSeries,
): FleetGpu {
  const told = (of: (gpu: GpuLoad) => number | null): LoadSeries =>
    series(({ gpus }) => {
      const gpu = gpus.find((one) => one.index === index);
      return gpu === undefined ? null : of(gpu);
    });
  return {
    index,
    name,
    busyShare: told((gpu) => gpu.busyShare),
    usedBytes: told((gpu) => gpu.usedBytes),
    totalBytes,
    celsius: told((gpu) => gpu.celsius),
    watts: told((gpu) => gpu.watts),
  };
}

/** A picture shows no more. */
function rounded(value: number | null): number | null {
  if (value === null) return null;
  return value > 1_000 ? Math.round(value) : Math.round(value * 1_000) / 1_000;
}
