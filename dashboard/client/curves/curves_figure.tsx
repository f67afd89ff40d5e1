/** Learning curves with the choice of metric, a legend, and what is left out. */
import type { ComponentType, VNode } from "preact";
import { curveClass, CurvePlot, type CurvePlotProps } from "./curve_plot.tsx";
import { ThinnedNote } from "./thinned_note.tsx";
import { formatNumber } from "../parts/format.ts";
import type { CurvesAnswer, CurveSelection } from "../model.ts";

/** What the figure needs. */
export interface CurvesFigureProps {
  readonly sweep: string;
  readonly selection: CurveSelection;
  readonly curves: CurvesAnswer;
  readonly hrefOfMetric: (metric: string) => string;
  readonly onMetric?: ((metric: string) => void) | undefined;
  /** Draws instead of the still picture. */
  readonly chart?: ComponentType<CurvePlotProps> | undefined;
}

/** The figure. */
export function CurvesFigure(props: CurvesFigureProps): VNode {
  const { selection, curves } = props;
  const Chart = props.chart ?? CurvePlot;
  const drawn = curves.series.filter(({ points }) => points.length > 0);
  const runningDrawn = selection.curves.filter(({ rank }) => rank === null).length;
  const rankedDrawn = selection.curves.length - runningDrawn;
  return (
    <section class="card curves" aria-labelledby="curves-title">
      <div class="card-head">
        <h2 id="curves-title">Learning curves</h2>
        <MetricChoice {...props} />
      </div>
      <p class="note">
        Best {rankedDrawn} of {selection.ranked} ranked configurations
        {selection.running > 0 && ` · ${runningDrawn} of ${selection.running} running trials`} ·
        {" "}
        <a href={`/s/${props.sweep}/curves`}>more curves</a>
      </p>
      {drawn.length === 0
        ? (
          <p class="empty plot-space">
            The first curve begins when a trial reports its first epoch.
          </p>
        )
        : (
          <div class="plot-space">
            <ThinnedNote series={drawn} sweep={props.sweep} />
            <Chart
              metric={curves.metric}
              curves={selection.curves}
              series={drawn}
              label={summary(props)}
            />
          </div>
        )}
      <Legend {...props} />
    </section>
  );
}

function MetricChoice({ selection, curves, hrefOfMetric, onMetric }: CurvesFigureProps): VNode {
  return (
    <nav class="chips" aria-label="Metric of the curves">
      {selection.metrics.map((metric) => (
        <a
          key={metric}
          href={hrefOfMetric(metric)}
          aria-current={metric === curves.metric ? "true" : undefined}
          onClick={onMetric && ((event: MouseEvent) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onMetric(metric);
          })}
        >
          {metric}
        </a>
      ))}
    </nav>
  );
}

function Legend({ selection, curves }: CurvesFigureProps): VNode {
  const last = new Map(curves.series.map(({ trial, points }) => [trial, points.at(-1)]));
  return (
    <ol class="legend curve-legend">
      {selection.curves.map(({ trial, rank, label }) => {
        const point = last.get(trial);
        return (
          <li key={trial} class={rank === null ? "is-running" : ""}>
            <svg class="swatch" width="22" height="10" aria-hidden="true">
              <g class={`curve ${curveClass(selection.curves, trial)}`}>
                <polyline points="1,5 21,5" />
              </g>
            </svg>
            <span class="place">{rank === null ? "running" : `#${rank}`}</span>
            <span class="label">{label}</span>
            {point && <span class="value">{formatNumber(point[1])}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function summary({ selection, curves }: CurvesFigureProps): string {
  const epochs = Math.max(0, ...curves.series.map(({ points }) => points.at(-1)?.[0] ?? 0));
  const best = selection.curves.find(({ rank }) => rank !== null);
  const end = curves.series.find(({ trial }) => trial === best?.trial)?.points.at(-1);
  const place = best && end
    ? ` The best configuration's best trial (${best.label}) ends at ${formatNumber(end[1])}.`
    : "";
  return `${curves.metric} by epoch, ${curves.series.length} curves up to epoch ${epochs}.${place}`;
}
