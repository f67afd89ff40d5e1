/** The axes of parallel coordinates, with the ranges that are chosen on them. */
import type { VNode } from "preact";
import { formatNumber } from "../parts/format.ts";
import type {
  ObjectiveScale,
  Outcome,
  ParameterAxis,
  ParameterFilter,
} from "./parameters_model.ts";
import { positionOn } from "../../state/parameters_axes.ts";
import { absentY, BOTTOM, laneY, TOP, yOf } from "./parallel_layout.ts";
import { axisTicks } from "../charts/scale.ts";

const LONGEST_NAME = 18;
const LONGEST_TICK = 11;

/** A parameter's axis. */
export function ParallelAxis(
  { axis, x, filter }: {
    readonly axis: ParameterAxis;
    readonly x: number;
    readonly filter: ParameterFilter;
  },
): VNode {
  const range = filter.ranges.find(({ name }) => name === axis.name);
  const facts = axis.kind === "number"
    ? { "data-scale": axis.scale, "data-min": axis.min, "data-max": axis.max }
    : { "data-values": JSON.stringify(axis.values) };
  return (
    <g class="pc-axis">
      <AxisName
        x={x}
        name={axis.name}
        note={axis.kind === "number" && axis.scale === "log" ? "log" : ""}
      />
      <line x1={x} x2={x} y1={TOP} y2={BOTTOM} />
      {axisTicks(axis, 8).map(({ at, label }) => (
        <AxisTick key={label} x={x} y={yOf(at)} label={label} />
      ))}
      {axis.hasAbsent && <AxisTick x={x} y={absentY()} label="not set" />}
      {range && <Brush x={x} ends={[endOf(axis, range.min, 0), endOf(axis, range.max, 1)]} />}
      <rect
        class="pc-hit"
        data-axis={axis.name}
        data-top={TOP}
        data-bottom={BOTTOM}
        {...facts}
        x={x - 16}
        y={TOP}
        width="32"
        height={BOTTOM - TOP}
      />
    </g>
  );
}

/** The objective's axis, with a lane for each outcome without a number. */
export function ParallelObjective(
  { objective, x, lanes, ticks, filter }: {
    readonly objective: ObjectiveScale;
    readonly x: number;
    readonly lanes: readonly Outcome[];
    readonly ticks: readonly number[];
    readonly filter: ParameterFilter;
  },
): VNode {
  const { min, max, metric } = objective;
  const share = (value: number): number => (value - min) / (max - min);
  const isBrushed = filter.min !== null || filter.max !== null;
  return (
    <g class="pc-axis pc-objective">
      <AxisName x={x} name={metric} note="objective" />
      <line x1={x} x2={x} y1={TOP} y2={BOTTOM} />
      {ticks.map((tick) => (
        <AxisTick key={tick} x={x} y={yOf(share(tick))} label={formatNumber(tick)} isRight />
      ))}
      {lanes.map((outcome, lane) => (
        <AxisTick key={outcome} x={x} y={laneY(lane)} label={outcome} isRight />
      ))}
      {isBrushed && (
        <Brush
          x={x}
          ends={[
            filter.min === null ? 0 : share(filter.min),
            filter.max === null ? 1 : share(filter.max),
          ]}
        />
      )}
      <rect
        class="pc-hit"
        data-axis=""
        data-top={TOP}
        data-bottom={BOTTOM}
        data-scale="linear"
        data-min={min}
        data-max={max}
        x={x - 16}
        y={TOP}
        width="32"
        height={BOTTOM - TOP}
      />
    </g>
  );
}

function AxisName(
  { x, name, note }: { readonly x: number; readonly name: string; readonly note: string },
): VNode {
  return (
    <>
      <text class="pc-name" x={x} y="14" text-anchor="middle">
        {brief(name, LONGEST_NAME)}
        <title>{name}</title>
      </text>
      <text class="tick" x={x} y="29" text-anchor="middle">{note}</text>
    </>
  );
}

function AxisTick(
  { x, y, label, isRight = false }: {
    readonly x: number;
    readonly y: number;
    readonly label: string;
    readonly isRight?: boolean;
  },
): VNode {
  const side = isRight ? 1 : -1;
  return (
    <>
      <line x1={x} x2={x + side * 5} y1={y} y2={y} />
      <text class="tick pc-tick" x={x + side * 8} y={y + 4} text-anchor={isRight ? "start" : "end"}>
        {brief(label, LONGEST_TICK)}
      </text>
    </>
  );
}

function Brush(
  { x, ends }: { readonly x: number; readonly ends: readonly [number, number] },
): VNode {
  const [lower, upper] = ends.map((end) => Math.max(0, Math.min(1, end)));
  const [top, bottom] = [yOf(upper ?? 1), yOf(lower ?? 0)];
  return <rect class="pc-brush" x={x - 7} y={top} width="14" height={Math.max(2, bottom - top)} />;
}

/** An end of a range on an axis of choices is its nearest choice inside. */
function endOf(axis: ParameterAxis, end: number | null, open: 0 | 1): number {
  if (end === null) return open;
  if (axis.kind === "number") return positionOn(axis, end) ?? open;
  const inside = axis.values.filter((value) =>
    typeof value === "number" && (open === 0 ? value >= end : value <= end)
  );
  const nearest = (open === 0 ? inside[0] : inside.at(-1)) ?? null;
  return positionOn(axis, nearest) ?? open;
}

function brief(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
