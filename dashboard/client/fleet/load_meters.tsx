/** What a worker's machine does now, with lines of the last minutes. Pure. */
import type { ComponentChildren, VNode } from "preact";
import { formatCount } from "../parts/format.ts";
import type { FleetGpu, FleetLoad, LoadSeries } from "./fleet_load.ts";

/** The meters of one worker; `isNew`: it has hardly had the time to measure. */
export function LoadMeters(
  { load, isNew, isBound }: {
    readonly load: FleetLoad | null;
    readonly isNew: boolean;
    /** Whether the worker computes on the GPUs that are listed, and no other process should. */
    readonly isBound: boolean;
  },
): VNode {
  if (load === null) {
    return (
      <p class="load-unknown">
        Load: {isNew
          ? "not measured yet, it has just started"
          : "not measured: an older Trawl does not, and a process may not that is denied the " +
            "permission sys (cpus, systemMemoryInfo)"}
      </p>
    );
  }
  const { minutes, gpusUnknown } = load;
  return (
    <div class="loads">
      <Host load={load} />
      {load.gpus.map((gpu) => (
        <Gpu
          key={gpu.index}
          gpu={gpu}
          minutes={minutes}
          isBound={isBound}
        />
      ))}
      {gpusUnknown !== null && <p class="load-unknown">GPU: not measured, {gpusUnknown}</p>}
    </div>
  );
}

function Host({ load }: { readonly load: FleetLoad }): VNode {
  const { minutes, tensors, hostTotalBytes } = load;
  return (
    <Group title="Host and process">
      <Meter
        name="host CPU"
        of={load.processorShare}
        most={1}
        say={formatShare}
        more={`of ${formatCount(load.processors)}`}
        minutes={minutes}
      />
      <Meter
        name="host memory"
        of={load.hostUsedBytes}
        most={hostTotalBytes}
        say={formatBytes}
        more={`of ${formatBytes(hostTotalBytes)}`}
        minutes={minutes}
      />
      <Meter
        name="process"
        of={load.processBytes}
        most={hostTotalBytes}
        say={formatBytes}
        more={tensors === null
          ? "no tensors: it does not train"
          : `${formatBytes(tensors.bytes)} in ${formatCount(tensors.count)} tensors`}
        minutes={minutes}
      />
    </Group>
  );
}

function Group(
  { title, children }: { readonly title: string; readonly children: ComponentChildren },
): VNode {
  return (
    <div class="meter-group" role="group" aria-label={title}>
      <p>{title}</p>
      <dl>{children}</dl>
    </div>
  );
}

function Gpu(
  { gpu, minutes, isBound }: {
    readonly gpu: FleetGpu;
    readonly minutes: number;
    readonly isBound: boolean;
  },
): VNode {
  const { index, name, busyShare, usedBytes, totalBytes, celsius, watts } = gpu;
  const title = `GPU ${index}${isBound ? "" : " of the host"}: ${name}`;
  return (
    <Group title={title}>
      <Meter
        name="busy"
        of={busyShare}
        most={1}
        say={formatShare}
        minutes={minutes}
      />
      <Meter
        name="memory"
        of={usedBytes}
        most={totalBytes}
        say={formatBytes}
        more={totalBytes === null ? "" : `of ${formatBytes(totalBytes)}`}
        minutes={minutes}
      />
      <Meter
        name="temperature"
        of={celsius}
        most={100}
        say={(value) => `${Math.round(value)} °C`}
        minutes={minutes}
      />
      <Meter
        name="power"
        of={watts}
        most={null}
        say={(value) => `${Math.round(value)} W`}
        minutes={minutes}
      />
    </Group>
  );
}

interface MeterProps {
  readonly name: string;
  readonly of: LoadSeries;
  /** What fills the picture; null: the highest that was measured. */
  readonly most: number | null;
  readonly say: (value: number) => string;
  readonly more?: string;
  readonly minutes: number;
}

function Meter({ name, of, most, say, more = "", minutes }: MeterProps): VNode {
  const known = of.points.filter((point) => point !== null);
  return (
    <div class="meter">
      <dt>{name}</dt>
      <dd>
        {known.length > 0 && (
          <Line of={of} most={most} label={wordsOf({ name, of, say, minutes })} />
        )}
        <span>
          {of.now === null
            ? <span class="faint">not told by the driver</span>
            : <b>{say(of.now)}</b>}
          {of.now !== null && more !== "" && <span class="sub">{more}</span>}
        </span>
      </dd>
    </div>
  );
}

function wordsOf({ name, of: { points }, say, minutes }: Omit<MeterProps, "most">): string {
  const known = points.filter((point) => point !== null);
  const [low, high] = [say(Math.min(...known)), say(Math.max(...known))];
  const range = low === high ? low : `${low} to ${high}`;
  return `${name} over the last ${minutes} minutes: ${range}`;
}

const [WIDTH, HEIGHT] = [72, 22];

function Line(
  { of: { points }, most, label }: {
    readonly of: LoadSeries;
    readonly most: number | null;
    readonly label: string;
  },
): VNode {
  return (
    <svg
      class="load-line"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      <path d={linePath(points, most)} />
    </svg>
  );
}

/** A line through what was measured, with gaps where nothing was; a lone point is a short one. */
export function linePath(points: readonly (number | null)[], most: number | null): string {
  const top = Math.max(
    Number.MIN_VALUE,
    ...(most === null ? [] : [most]),
    ...points.map((y) => y ?? 0),
  );
  const step = WIDTH / points.length;
  return points.map((point, at) => {
    if (point === null) return "";
    const x = (at * step).toFixed(1);
    const y = (HEIGHT - 2 - (HEIGHT - 4) * point / top).toFixed(1);
    const begins = (points[at - 1] ?? null) === null;
    return begins ? `M${x} ${y}h${step.toFixed(1)}` : `L${(at * step + step).toFixed(1)} ${y}`;
  }).join("");
}

function formatShare(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** `512 MiB`, `2.0 GiB`, `80 GiB`. */
export function formatBytes(bytes: number): string {
  const gib = bytes / 2 ** 30;
  if (gib >= 10) return `${formatCount(gib)} GiB`;
  if (gib >= 1) return `${gib.toFixed(1)} GiB`;
  const mib = bytes / 2 ** 20;
  return `${mib >= 10 ? formatCount(mib) : mib.toFixed(1)} MiB`;
}
