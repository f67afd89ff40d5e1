/** Parallel coordinates: an axis for each varied parameter and one for the objective. */
import type { VNode } from "preact";
import { ticks } from "../charts/axis.ts";
import { formatCount, formatNumber, formatValue } from "../parts/format.ts";
import type { Outcome, ParallelLine, ParametersSnapshot } from "./parameters_model.ts";
import { positionOn } from "../../state/parameters_axes.ts";
import { MOST_LINES } from "../../state/parallel_coordinates.ts";
import { ChartCard, WideChart } from "../charts/chart_card.tsx";
import { ColourLegend } from "../charts/colour_legend.tsx";
import { parametersHref } from "./links.ts";
import { ParallelAxis, ParallelObjective } from "./parallel_axes.tsx";
import { absentY, heightOf, laneY, RIGHT, spreadOf, xOf, yOf } from "./parallel_layout.ts";
import { EmptyState } from "../parts/empty_state.tsx";
import { PointTable } from "./point_table.tsx";
import { betterWords, configurations, describePoint } from "./words.ts";

/** The figure. */
export function ParallelFigure({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { parallel, objective } = page;
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
            <a href="?">Show all configurations</a>
          </EmptyState>
        )
        : (
          <>
            <WideChart label="Parallel coordinates, scrolls sideways">
              <Picture page={page} />
            </WideChart>
            <Legend objective={objective} />
            <p class="note" data-brush-help hidden>
              Drag along an axis to show a range of it only; a double click takes it back. A click
              on a line opens its trial.
            </p>
          </>
        )}
      <Shortage page={page} />
    </ChartCard>
  );
}

function sentence({ parallel, objective, axes }: ParametersSnapshot): string {
  const best = parallel.lines.at(-1);
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
    }). The best 10 % (${parallel.best}) are thick; lines through one choice are spread, the ` +
    `higher the larger their objective.${leader}`;
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

function Legend({ objective }: Pick<ParametersSnapshot, "objective">): VNode {
  const { goal, min, max, beyond } = objective;
  const [worst, best] = goal === "maximize" ? [min, max] : [max, min];
  return (
    <ColourLegend
      low={`worse ${formatNumber(worst)}${beyond > 0 ? " and beyond" : ""}`}
      high={`${formatNumber(best)} better`}
    >
      <span class="line-key">
        <svg width="30" height="10" aria-hidden="true">
          <line class="pc-line pc-none" x1="1" x2="29" y1="5" y2="5" />
        </svg>
        no number
      </span>
    </ColourLegend>
  );
}

function Picture({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { parallel, objective, axes, filter } = page;
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
      role="img"
      aria-label={label}
    >
      <Lines page={page} lanes={lanes} />
      {axes.map((axis, index) => (
        <ParallelAxis key={axis.name} axis={axis} x={xOf(index, axes.length)} filter={filter} />
      ))}
      <ParallelObjective
        objective={objective}
        x={xOf(axes.length, axes.length)}
        lanes={lanes}
        ticks={ticks([objective.min, objective.max], 6)}
        filter={filter}
      />
    </svg>
  );
}

function outcomesWithoutNumber(lines: readonly ParallelLine[]): readonly Outcome[] {
  const seen = new Set(lines.map(({ outcome }) => outcome));
  seen.delete("completed");
  return [...seen];
}

/** Grouped by their colour, the best last. */
function Lines(
  { page, lanes }: { readonly page: ParametersSnapshot; readonly lanes: readonly Outcome[] },
): VNode {
  const groups = Map.groupBy(page.parallel.lines, ({ step }) => step);
  const order = [...groups.keys()].sort((a, b) => (a ?? -1) - (b ?? -1));
  return (
    <>
      {order.map((step) => (
        <g key={String(step)} class={step === null ? "pc-none" : `seq-${step}`}>
          {groups.get(step)?.map((line) => (
            <polyline
              key={line.configuration}
              class={line.isBest ? "pc-line pc-best" : "pc-line"}
              data-trial={line.trial}
              points={pointsOf(line, page, lanes)}
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
  { axes, parallel, objective: { min, max } }: ParametersSnapshot,
  lanes: readonly Outcome[],
): string {
  const share = mean === null ? 0 : Math.max(0, Math.min(1, (mean - min) / (max - min)));
  const places = axes.map((axis, index) => {
    const place = positionOn(axis, values[index] ?? null);
    const at = place !== null && axis.kind === "choices"
      ? place + (share - 0.5) * spreadOf(axis.values.length, parallel.lines.length)
      : place;
    return `${round(xOf(index, axes.length))},${at === null ? absentY() : round(yOf(at))}`;
  });
  const end = mean === null ? laneY(lanes.indexOf(outcome)) : round(yOf(share));
  return [...places, `${round(xOf(axes.length, axes.length))},${end}`].join(" ");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
