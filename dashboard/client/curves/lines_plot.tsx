/** Lines with bands as a still picture: what the page shows before its script runs, or without it. */
import type { VNode } from "preact";
import type { Range } from "../model.ts";
import { formatValue } from "../parts/format.ts";
import {
  dashOf,
  type DrawnLine,
  type DrawnView,
  formatX,
  lineClass,
  X_NAMES,
  xTicks,
  yRange,
  yTicks,
} from "./lines_axes.ts";

const WIDTH = 960;
const HEIGHT = 400;
const LEFT = 60;
const BOTTOM = 36;
const TOP = 12;
const RIGHT = 14;

/** What a picture of lines shows; the live one takes the same. */
export interface LinesPlotProps {
  readonly view: DrawnView;
  readonly label: string;
  /** Told of another part of x; null: all of it. Absent: the live picture itself shows the part. */
  readonly onZoom?: ((range: Range | null) => void) | undefined;
  /** Told when the pointer goes down and up: what is drawn must not move meanwhile. */
  readonly onHold?: ((isHeld: boolean) => void) | undefined;
}

interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** The picture. */
export function LinesPlot({ view, label }: LinesPlotProps): VNode {
  const ys = yRange(view);
  const scales = {
    x: scaleOf(view.range, [LEFT, WIDTH - RIGHT], view.query.isLogX),
    y: scaleOf(ys, [HEIGHT - BOTTOM, TOP], view.query.isLogY),
  };
  return (
    <svg class="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <clipPath id="curves-clip">
        <rect x={LEFT} y={0} width={WIDTH - LEFT - RIGHT} height={HEIGHT} />
      </clipPath>
      {yTicks(ys, view).map((tick) => (
        <g key={tick}>
          <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={scales.y(tick)} y2={scales.y(tick)} />
          <text class="tick" x={LEFT - 8} y={scales.y(tick) + 4} text-anchor="end">
            {formatValue(tick)}
          </text>
        </g>
      ))}
      {xTicks(view.range, view, 9).map((tick) => (
        <text key={tick} class="tick" x={scales.x(tick)} y={HEIGHT - 18} text-anchor="middle">
          {formatX(tick, view.query.x, view.range[1])}
        </text>
      ))}
      <text class="tick" x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 3} text-anchor="middle">
        {X_NAMES[view.query.x]}
      </text>
      <g clip-path="url(#curves-clip)">
        {view.lines.map((line, index) => <Line key={index} {...{ line, index, scales }} />)
          .toReversed()}
      </g>
    </svg>
  );
}

function Line({ line, index, scales }: {
  readonly line: DrawnLine;
  readonly index: number;
  readonly scales: Scales;
}): VNode {
  const { x, y, low, high, raw, marks } = line;
  const along = (values: readonly number[]): readonly string[] =>
    values.map((value, at) => `${round(scales.x(x[at] ?? 0))},${round(scales.y(value))}`);
  const dash = dashOf(index, line).join(" ");
  return (
    <g class={`curve ${lineClass(index, line)}`}>
      {low && high && (
        <polygon class="band" points={[...along(high), ...along(low).toReversed()].join(" ")} />
      )}
      {raw && <polyline class="raw" points={along(raw).join(" ")} />}
      <polyline points={along(y).join(" ")} stroke-dasharray={dash || undefined} />
      {x.length === 1 && <circle cx={scales.x(x[0] ?? 0)} cy={scales.y(y[0] ?? 0)} r="3" />}
      {marks.map((mark) => {
        const at = round(scales.x(mark.x));
        return <path key={mark.x} class="not-finite" d={`M${at - 4} 4l8 8m0 -8l-8 8`} />;
      })}
    </g>
  );
}

function scaleOf(from: Range, [start, end]: Range, isLog: boolean): (value: number) => number {
  const place = isLog ? Math.log : Number;
  const [lower, upper] = [place(from[0]), place(from[1])];
  return (value) => start + (end - start) * (place(value) - lower) / (upper - lower || 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
