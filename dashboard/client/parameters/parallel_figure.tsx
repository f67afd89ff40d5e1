/** Parallel coordinates: an axis for each varied parameter and one for the objective. */
import type { VNode } from "preact";
import { MOST_LINES } from "../../state/parallel_coordinates.ts";
import { objectiveShare, positionOn } from "../../state/parameters_axes.ts";
import { ChartCard, WideChart } from "../charts/chart_card.tsx";
import { ColourLegend } from "../charts/colour_legend.tsx";
import { formatCount, formatNumber, formatValue } from "../parts/format.ts";
import { parametersHref } from "./links.ts";
import { ParallelAxis, ParallelObjective, turned } from "./parallel_axes.tsx";
import { absentY, heightOf, laneY, RIGHT, spreadOf, xOf, yOf } from "./parallel_layout.ts";
import {
  type Outcome,
  OUTCOMES,
  type ParallelLine,
  type ParameterAxis,
  type ParametersSnapshot,
} from "./parameters_model.ts";
import { EmptyState } from "../parts/empty_state.tsx";
import { PointTable } from "./point_table.tsx";
import { betterWords, configurations, describePoint } from "./words.ts";

/** The figure. */
export function ParallelFigure({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { parallel } = page;
  return (
    <ChartCard
      id="parallel"
      title="Parallel coordinates"
      sentence={sentence(page)}
      table={<PointTable page={page} />}
    >
      {parallel.lines.length === 0
        ? (
          <EmptyState title="No configuration matches.">
            <a href="?">Show all configurations</a>{" "}
            with a result. Pruned and failed ones have none: tick their states above to see them.
          </EmptyState>
        )
        : (
          <>
            <WideChart label="Parallel coordinates, scrolls sideways">
              <Picture page={page} />
            </WideChart>
            <Legend page={page} />
            <p class="note" data-brush-help hidden>
              Drag along an axis to show a range of it only; a double click takes it back. Drag an
              axis by its name to another place. A click on a line opens its trial.
            </p>
          </>
        )}
      <Shortage page={page} />
    </ChartCard>
  );
}

function sentence({ parallel, objective, axes }: ParametersSnapshot): string {
  const best = parallel.lines.at(-1);
  const thick = parallel.best === 0
    ? "Lines"
    : `The best 10 % (${formatCount(parallel.best)}) are thick; lines`;
  const leader = best === undefined || best.mean === null
    ? ""
    : ` The best has ${
      axes.map(({ name }, index) => `${name} ${formatValue(best.values[index] ?? "not set")}`).join(
        ", ",
      )
    } and reaches ${formatNumber(best.mean)}.`;
  return `Each line is a configuration, from its parameters to ${objective.metric}, the mean over ` +
    `its replicates (${
      betterWords(objective)
    }). ${thick} through one choice are spread, the higher the ` +
    `larger their objective.${leader}`;
}

function Shortage({ page }: { readonly page: ParametersSnapshot }): VNode | null {
  const { parallel: { lines, total }, facts: { sweep }, query } = page;
  if (lines.length === total) {
    return <p class="note">Every configuration is drawn: {total} of {total}.</p>;
  }
  const more = Math.min(total, MOST_LINES);
  return (
    <p class="note">
      {formatCount(lines.length)} of {configurations(total)}{" "}
      are drawn: the best half of them, the others spread evenly over the rest.{" "}
      {more > lines.length && (
        <a href={parametersHref({ sweep, query }, { lines: String(more) })}>
          Draw {formatCount(more)}
        </a>
      )}
      {more < total &&
        " A filter shows the rest part by part; all the other charts count them all."}
    </p>
  );
}

function Legend({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { goal, min, max, beyond } = page.objective;
  const [worst, best] = goal === "maximize" ? [min, max] : [max, min];
  return (
    <ColourLegend
      low={`worse ${formatNumber(worst)}${beyond > 0 ? " and beyond" : ""}`}
      high={`${formatNumber(best)} better`}
    >
      {outcomesWithoutNumber(page.parallel.lines).map((outcome) => (
        <span key={outcome} class="line-key">
          <svg width="34" height="10" aria-hidden="true">
            <line class={`pc-line pc-${outcome}`} x1="1" x2="33" y1="5" y2="5" />
          </svg>
          {outcome} {formatCount(page.counts.shown[outcome])}
        </span>
      ))}
    </ColourLegend>
  );
}

/** The parameters as they are drawn, with their places in the points' values. */
function axesInOrder(
  { axes, view }: ParametersSnapshot,
): readonly { readonly axis: ParameterAxis; readonly at: number }[] {
  return view.order.flatMap((name) => {
    const at = axes.findIndex((axis) => axis.name === name);
    const axis = axes[at];
    return axis === undefined ? [] : [{ axis, at }];
  });
}

function Picture({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { parallel, axes, view } = page;
  const width = xOf(axes.length, axes.length) + RIGHT;
  const lanes = outcomesWithoutNumber(parallel.lines);
  const hasAbsent = axes.some((axis) => axis.hasAbsent);
  const height = heightOf(Math.max(lanes.length, hasAbsent ? 1 : 0));
  const label = `Parallel coordinates of ${configurations(parallel.lines.length)}`;
  return (
    <svg
      class="plot parallel"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="group"
      aria-label={label}
      data-order={JSON.stringify(view.order)}
      data-left={xOf(0, axes.length)}
      data-gap={xOf(1, axes.length) - xOf(0, axes.length)}
    >
      <Lines page={page} lanes={lanes} />
      {axesInOrder(page).map(({ axis }, index) => (
        <ParallelAxis key={axis.name} page={page} axis={axis} index={index} />
      ))}
      <ParallelObjective page={page} lanes={lanes} />
    </svg>
  );
}

function outcomesWithoutNumber(lines: readonly ParallelLine[]): readonly Outcome[] {
  const seen = new Set(lines.map(({ outcome }) => outcome));
  return OUTCOMES.filter((outcome) => outcome !== "completed" && seen.has(outcome));
}

/** Grouped by their colour, the best last. */
function Lines(
  { page, lanes }: { readonly page: ParametersSnapshot; readonly lanes: readonly Outcome[] },
): VNode {
  const groups = Map.groupBy(
    page.parallel.lines,
    ({ step, outcome }) => step === null ? `pc-${outcome}` : `seq-${step}`,
  );
  const order = axesInOrder(page);
  return (
    <>
      {[...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([group, lines]) => (
        <g key={group} class={group}>
          {lines.map((line) => (
            <polyline
              key={line.configuration}
              class={line.isBest ? "pc-line pc-best" : "pc-line"}
              data-trial={line.trial}
              points={pointsOf(line, { page, lanes, order })}
            >
              <title>{describePoint(line, page)}</title>
            </polyline>
          ))}
        </g>
      ))}
    </>
  );
}

function pointsOf(
  { values, mean, outcome }: ParallelLine,
  { page: { axes, parallel, objective, view }, lanes, order }: {
    readonly page: ParametersSnapshot;
    readonly lanes: readonly Outcome[];
    readonly order: ReturnType<typeof axesInOrder>;
  },
): string {
  const share = mean === null ? 0 : objectiveShare(objective, mean);
  const places = order.map(({ axis, at: parameter }, index) => {
    const place = positionOn(axis, values[parameter] ?? null);
    const spread = place !== null && axis.kind === "choices"
      ? place + (share - 0.5) * spreadOf(axis.values.length, parallel.lines.length)
      : place;
    const y = spread === null
      ? absentY()
      : round(yOf(turned(spread, view.flipped.includes(axis.name))));
    return `${round(xOf(index, axes.length))},${y}`;
  });
  const end = mean === null
    ? laneY(lanes.indexOf(outcome))
    : round(yOf(turned(share, view.isObjectiveFlipped)));
  return [...places, `${round(xOf(axes.length, axes.length))},${end}`].join(" ");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
