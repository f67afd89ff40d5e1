/** The axes of parallel coordinates, with the ranges that are chosen on them. */
import type { VNode } from "preact";
import { objectiveAxis, objectiveShare, positionOn } from "../../state/parameters_axes.ts";
import { axisTicks } from "../charts/scale.ts";
import { parametersHref } from "./links.ts";
import { absentY, BOTTOM, laneY, TOP, xOf, yOf } from "./parallel_layout.ts";
import type { Outcome, ParameterAxis, ParametersSnapshot } from "./parameters_model.ts";

/** The width of a link above an axis; it is 24 high. */
const TOOL_WIDTH = 28;
const LONGEST_NAME = 18;
const LONGEST_TICK = 11;

/** A parameter's axis; `index` is its place from the left. */
export function ParallelAxis(
  { page, axis, index }: {
    readonly page: ParametersSnapshot;
    readonly axis: ParameterAxis;
    readonly index: number;
  },
): VNode {
  const { axes, filter, view } = page;
  const x = xOf(index, axes.length);
  const isFlipped = view.flipped.includes(axis.name);
  const range = filter.ranges.find(({ name }) => name === axis.name);
  const facts = axis.kind === "number"
    ? { "data-scale": axis.scale, "data-min": axis.min, "data-max": axis.max }
    : { "data-values": JSON.stringify(axis.values) };
  return (
    <g class="pc-axis">
      <AxisName x={x} name={axis.name} isMovable={axes.length > 1} />
      <AxisTools page={page} axis={axis} x={x} isFlipped={isFlipped} />
      <line x1={x} x2={x} y1={TOP} y2={BOTTOM} />
      {axisTicks(axis, 8).map(({ at, label }) => (
        <AxisTick key={label} x={x} y={yOf(turned(at, isFlipped))} label={label} />
      ))}
      {axis.hasAbsent && <AxisTick x={x} y={absentY()} label="not set" />}
      {range && (
        <Brush
          x={x}
          ends={[endOf(axis, range.min, 0), endOf(axis, range.max, 1)]}
          isFlipped={isFlipped}
        />
      )}
      <AxisHit x={x} axis={axis.name} isFlipped={isFlipped} facts={facts} />
    </g>
  );
}

/** The objective's axis, with a lane for each outcome without a number. */
export function ParallelObjective(
  { page, lanes }: {
    readonly page: ParametersSnapshot;
    readonly lanes: readonly Outcome[];
  },
): VNode {
  const { objective, axes, filter, view: { isObjectiveFlipped: isFlipped } } = page;
  const { min, max, metric, scale } = objective;
  const axis = objectiveAxis(objective);
  const x = xOf(axes.length, axes.length);
  const isBrushed = filter.min !== null || filter.max !== null;
  return (
    <g class="pc-axis pc-objective">
      <AxisName x={x} name={metric} />
      <AxisTools page={page} axis={axis} x={x} isFlipped={isFlipped} isObjective />
      <line x1={x} x2={x} y1={TOP} y2={BOTTOM} />
      {axisTicks(axis, 6).map(({ at, label }) => (
        <AxisTick key={label} x={x} y={yOf(turned(at, isFlipped))} label={label} isRight />
      ))}
      {lanes.map((outcome, lane) => (
        <AxisTick key={outcome} x={x} y={laneY(lane)} label={outcome} isRight />
      ))}
      {isBrushed && (
        <Brush
          x={x}
          ends={[
            filter.min === null ? 0 : objectiveShare(objective, filter.min),
            filter.max === null ? 1 : objectiveShare(objective, filter.max),
          ]}
          isFlipped={isFlipped}
        />
      )}
      <AxisHit
        x={x}
        axis=""
        isFlipped={isFlipped}
        facts={{ "data-scale": scale, "data-min": min, "data-max": max }}
      />
    </g>
  );
}

/** A share of an axis, seen from its other end if it stands on its head. */
export function turned(share: number, isFlipped: boolean): number {
  return isFlipped ? 1 - share : share;
}

function AxisName(
  { x, name, isMovable = false }: {
    readonly x: number;
    readonly name: string;
    readonly isMovable?: boolean;
  },
): VNode {
  return (
    <text
      class="pc-name"
      x={x}
      y="16"
      text-anchor="middle"
      {...(isMovable ? { "data-moves": name } : {})}
    >
      {brief(name, LONGEST_NAME)}
      <title>{name}</title>
    </text>
  );
}

/** The part of an axis where a range is drawn with the pointer. */
function AxisHit(
  { x, axis, isFlipped, facts }: {
    readonly x: number;
    readonly axis: string;
    readonly isFlipped: boolean;
    readonly facts: Readonly<Record<string, string | number>>;
  },
): VNode {
  return (
    <rect
      class="pc-hit"
      data-axis={axis}
      data-top={TOP}
      data-bottom={BOTTOM}
      {...(isFlipped ? { "data-flipped": "" } : {})}
      {...facts}
      x={x - 16}
      y={TOP}
      width="32"
      height={BOTTOM - TOP}
    />
  );
}

/** Links that move an axis, turn it round, or give it another scale: the address has it all. */
function AxisTools(
  { page, axis, x, isFlipped, isObjective = false }: {
    readonly page: ParametersSnapshot;
    readonly axis: ParameterAxis;
    readonly x: number;
    readonly isFlipped: boolean;
    readonly isObjective?: boolean;
  },
): VNode {
  const { name } = axis;
  const { order } = page.view;
  const suffix = isObjective ? "" : `.${name}`;
  const place = isObjective ? -1 : order.indexOf(name);
  const scale = axis.kind === "number" ? axis.scale : null;
  const other = scale === "log" ? "linear" : "log";
  const tools: readonly (Tool | null)[] = [
    place > 0
      ? { glyph: "◂", label: `Move ${name} left`, change: { order: moved(order, place, -1) } }
      : null,
    axis.kind === "number" && axis.min > 0
      ? {
        glyph: scale === "log" ? "log" : "lin",
        label: `${scale === "log" ? "log" : "lin"}: draw ${name} on a ${
          other === "log" ? "logarithmic" : "linear"
        } scale`,
        change: { [`scale${suffix}`]: other },
      }
      : null,
    {
      glyph: isFlipped ? "↓" : "↑",
      label: `Turn ${name} upside down`,
      change: { [`flip${suffix}`]: isFlipped ? null : "1" },
    },
    place >= 0 && place < order.length - 1
      ? { glyph: "▸", label: `Move ${name} right`, change: { order: moved(order, place, 1) } }
      : null,
  ];
  return (
    <>
      {tools.map((tool, index) =>
        tool && (
          <AxisTool key={tool.label} page={page} tool={tool} x={x + (index - 1.5) * TOOL_WIDTH} />
        )
      )}
    </>
  );
}

interface Tool {
  readonly glyph: string;
  readonly label: string;
  readonly change: Readonly<Record<string, string | readonly string[] | null>>;
}

function AxisTool(
  { page, tool: { glyph, label, change }, x }: {
    readonly page: ParametersSnapshot;
    readonly tool: Tool;
    readonly x: number;
  },
): VNode {
  const { facts: { sweep }, query } = page;
  return (
    <a
      class="pc-tool"
      href={`${parametersHref({ sweep, query }, change)}#parallel`}
      aria-label={label}
    >
      <title>{label}</title>
      <rect x={x - TOOL_WIDTH / 2 + 1} y="24" width={TOOL_WIDTH - 2} height="24" rx="6" />
      <text x={x} y="40" text-anchor="middle">{glyph}</text>
    </a>
  );
}

function moved(order: readonly string[], place: number, by: 1 | -1): readonly string[] {
  const next = [...order];
  const [one, two] = [next[place] ?? "", next[place + by] ?? ""];
  [next[place], next[place + by]] = [two, one];
  return next;
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
  { x, ends, isFlipped }: {
    readonly x: number;
    readonly ends: readonly [number, number];
    readonly isFlipped: boolean;
  },
): VNode {
  const shares = ends.map((end) => turned(Math.max(0, Math.min(1, end)), isFlipped));
  const [top, bottom] = [yOf(Math.max(...shares)), yOf(Math.min(...shares))];
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
