/** Learning curves as a still picture: what the page shows before its script runs, or without it. */
import type { VNode } from "preact";
import { rangeOf, shareOf, ticks } from "../charts/axis.ts";
import { formatValue } from "../parts/format.ts";
import type { CurveRef, CurveSeries, Range } from "../model.ts";

const WIDTH = 800;
const HEIGHT = 320;
const LEFT = 56;
const BOTTOM = 34;
const TOP = 8;
const RIGHT = 12;

/** What a chart of curves shows; the live chart takes the same. */
export interface CurvePlotProps {
  readonly metric: string;
  readonly curves: readonly CurveRef[];
  readonly series: readonly CurveSeries[];
  readonly label: string;
}

/** The class that gives a curve its colour; a running trial's has its own. */
export function curveClass(curves: readonly CurveRef[], trial: number): string {
  const index = curves.findIndex((curve) => curve.trial === trial);
  return curves[index]?.rank === null || index < 0 ? "curve-running" : `curve-${index % 8}`;
}

/** The picture. */
export function CurvePlot({ metric, curves, series, label }: CurvePlotProps): VNode {
  const points = series.flatMap((one) => one.points);
  const xs: Range = [0, Math.max(1, ...points.map(([epoch]) => epoch))];
  const ys = rangeOf(points.map(([, value]) => value), 0.06);
  const x = (epoch: number): number => LEFT + (WIDTH - LEFT - RIGHT) * epoch / xs[1];
  const y = (value: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - shareOf(value, ys));
  // The best curve is drawn last, above the others.
  const drawn = series.toReversed();
  return (
    <svg class="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {ticks(ys, 6).map((tick) => (
        <g key={`y${tick}`}>
          <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text class="tick" x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
            {formatValue(tick)}
          </text>
        </g>
      ))}
      {ticks(xs, 9).filter(Number.isInteger).map((tick) => (
        <text key={`x${tick}`} class="tick" x={x(tick)} y={HEIGHT - 16} text-anchor="middle">
          {tick}
        </text>
      ))}
      <text class="tick" x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 2} text-anchor="middle">
        epoch
      </text>
      <title>{`${metric} by epoch`}</title>
      {drawn.map((one) => (
        <g key={one.trial} class={`curve ${curveClass(curves, one.trial)}`}>
          <polyline
            points={one.points.map(([e, v]) => `${round(x(e))},${round(y(v))}`).join(" ")}
          />
          {one.points.length === 1 &&
            one.points.map(([e, v]) => <circle key={e} cx={x(e)} cy={y(v)} r="2.5" />)}
        </g>
      ))}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
