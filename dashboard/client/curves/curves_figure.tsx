/** Learning curves with the choice of metric, a legend, and what is left out. */
import type { ComponentType, VNode } from "preact";
import { ChartCard } from "../charts/chart_card.tsx";
import { CurvePlot, type CurvePlotProps } from "./curve_plot.tsx";
import type { DrawnView } from "./lines_axes.ts";
import { withFilter } from "../parts/shared_filter.ts";
import { LinesLegend } from "./lines_legend.tsx";
import { LinesTable } from "./lines_table.tsx";
import { csvOfCurves, viewOfSeries } from "./series_view.ts";
import { ThinnedNote } from "./thinned_note.tsx";
import { formatNumber } from "../parts/format.ts";
import type { CurveRef, CurvesAnswer, CurveSelection } from "../model.ts";

/** What the figure needs. */
export interface CurvesFigureProps {
  readonly sweep: string;
  readonly isOver: boolean;
  /** What the page's other charts show; see `shared_filter.ts`. */
  readonly filter: string;
  readonly selection: CurveSelection;
  readonly curves: CurvesAnswer;
  readonly hrefOfMetric: (metric: string) => string;
  readonly onMetric?: ((metric: string) => void) | undefined;
  /** Draws instead of the still picture. */
  readonly chart?: ComponentType<CurvePlotProps> | undefined;
}

/** The figure. */
export function CurvesFigure(props: CurvesFigureProps): VNode {
  const { sweep, curves: { metric, series } } = props;
  const { curves, ranked, running, paused, unfiltered } = props.selection;
  const Chart = props.chart ?? CurvePlot;
  const { view, legend, table } = drawingOf(props);
  const bestDrawn = curves.filter(({ rank }) => rank !== null).length;
  const pausedDrawn = curves.filter(({ isPaused }) => isPaused).length;
  const runningDrawn = curves.length - bestDrawn - pausedDrawn;
  const isEmpty = view.lines.every(({ x }) => x.length === 0);
  const sentence = summary(props);
  return (
    <ChartCard
      id="curves"
      title="Learning curves"
      sentence={sentence}
      controls={<MetricChoice {...props} />}
      table={!isEmpty && table}
      csv={csvOfCurves(sweep, metric, curves.map(({ trial }) => trial))}
    >
      <p class="note">
        Best {bestDrawn} of {ranked} ranked configurations
        {unfiltered && ` (${unfiltered.ranked} without the filter)`}
        {running > 0 && ` · ${runningDrawn} of ${running} running trials`}
        {unfiltered && running > 0 && ` (${unfiltered.running} without the filter)`}
        {pausedDrawn > 0 && ` · ${pausedDrawn} of ${paused} paused trials`}
        {" · "}
        <a href={withFilter(`/s/${sweep}/curves`, props.filter)}>
          {props.filter === "" ? "more curves" : "curves of the filtered trials"}
        </a>
      </p>
      {isEmpty
        ? (
          <p class="empty plot-space">
            {unfiltered && ranked === 0
              ? "The filter lets no ranked, running or paused trial with a curve through."
              : ranked > 0
              ? "None of these trials has reported a finite value."
              : props.isOver
              ? "No trial completed, so none is ranked."
              : "The first curve begins when a trial reports its first epoch."}
          </p>
        )
        : (
          <div class="plot-space">
            <ThinnedNote series={series} sweep={sweep} />
            <Chart metric={metric} curves={curves} series={series} label={sentence} />
          </div>
        )}
      {legend}
    </ChartCard>
  );
}

interface Drawing {
  readonly of: readonly CurveRef[];
  readonly view: DrawnView;
  readonly legend: VNode;
  readonly table: VNode;
}

const drawings = new WeakMap<CurvesAnswer, Drawing>();

/** What is the same while no point comes: news of other things must not draw it again. */
function drawingOf({ sweep, selection: { curves: of }, curves }: CurvesFigureProps): Drawing {
  const known = drawings.get(curves);
  if (known?.of === of) return known;
  const view = viewOfSeries({ ...curves, curves: of });
  const drawing = {
    of,
    view,
    legend: <LinesLegend view={view} sweep={sweep} />,
    table: <LinesTable view={view} sweep={sweep} />,
  };
  drawings.set(curves, drawing);
  return drawing;
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

function summary({ selection, curves }: CurvesFigureProps): string {
  const epochs = Math.max(0, ...curves.series.map(({ points }) => points.at(-1)?.[0] ?? 0));
  const best = selection.curves.find(({ rank }) => rank !== null);
  const end = curves.series.find(({ trial }) => trial === best?.trial)?.points.at(-1);
  const place = best && end
    ? ` The best ${
      selection.unfiltered ? "trial shown" : "configuration's best trial"
    } (${best.label}) ends at ${formatNumber(end[1])}.`
    : "";
  const count = curves.series.filter(({ points }) => points.length > 0).length;
  const what = `${count} ${count === 1 ? "curve" : "curves"}`;
  return `${curves.metric} by epoch, ${what} up to epoch ${epochs}.${place}`;
}
