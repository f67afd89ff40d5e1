/** The optimisation history: results in the order in which they came, and the best so far. */
import type { VNode } from "preact";
import { ticks } from "../charts/axis.ts";
import { ChartCard } from "../charts/chart_card.tsx";
import type { FilteredTrials } from "../parts/filter_line.tsx";
import { formatCount, formatNumber } from "../parts/format.ts";
import type { HistoryLane, OptimisationHistory } from "./panels_model.ts";
import { BothShapes, PlotGrid, type PlotLayout } from "./plot_layout.tsx";
import { counted, plotted } from "./words.ts";

const TOP = 12;
const FIELD = 210;
const LANE = 22;
const AXIS = 46;
/** Marks that are links: with more, the table leads on. */
const MOST_LINKS = 120;
/** Rows of the table. */
const ROWS = 40;

interface HistoryProps {
  readonly history: OptimisationHistory;
  readonly sweep: string;
}

interface HistoryCardProps extends HistoryProps {
  readonly isOver: boolean;
  readonly filter: FilteredTrials;
}

/** The figure. */
export function HistoryFigure(props: HistoryCardProps): VNode {
  const { history, filter } = props;
  return (
    <ChartCard
      id="history"
      title="Optimisation history"
      sentence={sentence(history)}
      table={history.best.length > 0 ? <Improvements {...props} /> : undefined}
    >
      {history.ended === 0
        ? (
          <p class="empty">
            {filter.matching < filter.total
              ? "No configuration that the filter lets through has a result."
              : props.isOver
              ? "No trial completed, so there is no mark."
              : "The first mark is made when a trial completes."}
          </p>
        )
        : <BothShapes draw={(layout) => <Picture {...props} layout={layout} />} />}
    </ChartCard>
  );
}

/** What the figure shows, from its numbers. */
export function sentence(history: OptimisationHistory): string {
  const { metric, completed, ended, improvements, best, diverged, pruned, bins, beyond } = history;
  const last = best.at(-1);
  const words = [
    `${metric} of ${counted(completed, "configuration")} in the order in which they completed.`,
    last === undefined
      ? ""
      : `The best mean, ${formatNumber(last.value)}, came as number ${
        formatCount(last.place)
      } of ` +
        `${formatCount(ended)}, after ${counted(improvements, "improvement")}.`,
    history.marks.some(({ spread }) => spread !== null)
      ? "Dots are means, bars span their replicates."
      : "",
    bins.length === 0
      ? ""
      : `Drawn as ${bins.length} bins of neighbours with their lowest, median ` +
        `and highest mean: all ${formatCount(completed)} are in them.`,
    beyond === 0 ? "" : `${formatCount(beyond)} far worse lie on the edge.`,
    diverged.count === 0 ? "" : `${formatCount(diverged.count)} diverged.`,
    pruned.count === 0
      ? ""
      : `${formatCount(pruned.count)} pruned: they have no result that compares.`,
  ];
  return words.filter((each) => each !== "").join(" ");
}

function Picture(
  { history, sweep, layout }: HistoryProps & { readonly layout: PlotLayout },
): VNode {
  const { width, left, right, most } = layout;
  const { ended, range, metric } = history;
  const lanes = ([["diverged", history.diverged], ["pruned", history.pruned]] as const)
    .filter(([, { count }]) => count > 0);
  const floor = TOP + FIELD;
  const lanesAt = floor + 6;
  const bottom = lanes.length === 0 ? floor : lanesAt + lanes.length * LANE;
  const x = plotted([0.5, ended + 0.5], [left, right]);
  const y = plotted(range, [floor - 8, TOP + 6]);
  return (
    <svg
      class="plot history"
      viewBox={`0 0 ${width} ${bottom + AXIS}`}
      role="group"
      aria-label={`${metric} by order of completion`}
    >
      <PlotGrid layout={layout} range={range} y={y} />
      {lanes.map(([name, lane], index) => (
        <Lane
          key={name}
          name={name}
          lane={lane}
          y={lanesAt + index * LANE}
          x={x}
          layout={layout}
        />
      ))}
      {placeTicks(ended, most).map((place) => (
        <text key={place} class="tick" x={x(place)} y={bottom + 18} text-anchor="middle">
          {formatCount(place)}
        </text>
      ))}
      <text class="tick" x={(left + right) / 2} y={bottom + 38} text-anchor="middle">
        order of completion
      </text>
      <Bins history={history} x={x} y={y} />
      <path class="history-best" d={stepPath(history, x, y)} />
      <Marks history={history} sweep={sweep} x={x} y={y} />
    </svg>
  );
}

type Place = (value: number) => number;
interface Scales {
  readonly x: Place;
  readonly y: Place;
}

/** Whole numbers only: there is no configuration between two others. */
function placeTicks(ended: number, most: number): readonly number[] {
  return ended === 1
    ? [1]
    : [1, ...ticks([1, ended], most).filter((tick) => Number.isInteger(tick) && tick > ended / 20)];
}

function Marks({ history, sweep, x, y }: HistoryProps & Scales): VNode {
  const { marks } = history;
  const bars = marks.flatMap(({ place, spread }) =>
    spread === null ? [] : [`M${x(place)} ${y(spread[0])}V${y(spread[1])}`]
  ).join("");
  const dots = marks.map(({ place, mean }) => `M${x(place)} ${y(mean)}h0`).join("");
  return (
    <>
      <path class="history-spread" d={bars} />
      <path class="history-dots" d={dots} />
      {marks.length <= MOST_LINKS &&
        marks.map((mark) => (
          <a key={mark.place} href={`/s/${sweep}/t/${mark.trial}`} tabIndex={-1}>
            <title>
              {`${formatNumber(mark.mean)}, ${
                counted(mark.runs, "replicate")
              }, trial ${mark.trial}`}
            </title>
            <circle class="history-hit" cx={x(mark.place)} cy={y(mark.mean)} r="6" />
          </a>
        ))}
    </>
  );
}

function Bins(
  { history: { bins }, x, y }: { readonly history: OptimisationHistory } & Scales,
): VNode {
  const known = bins.flatMap(({ places: [from, to], min, median, max }) =>
    min === null || median === null || max === null
      ? []
      : [{ left: x(from - 0.5), right: x(to + 0.5), min, median, max }]
  );
  return (
    <>
      <path
        class="history-bins"
        d={known.map(({ left, right, min, max }) =>
          `M${left} ${y(max)}H${right}V${Math.max(y(min), y(max) + 1)}H${left}z`
        ).join("")}
      />
      <path
        class="history-medians"
        d={known.map(({ left, right, median }) => `M${left} ${y(median)}H${right}`).join("")}
      />
    </>
  );
}

function stepPath({ best, ended }: OptimisationHistory, x: Place, y: Place): string {
  if (best.length === 0) return "";
  const steps = best.map(({ place, value }, index) =>
    index === 0 ? `M${x(place)} ${y(value)}` : `H${x(place)}V${y(value)}`
  );
  return `${steps.join("")}H${x(ended + 0.5)}`;
}

function Lane(
  { name, lane, x, y, layout: { left, right } }: {
    readonly name: "diverged" | "pruned";
    readonly lane: HistoryLane;
    readonly x: Place;
    readonly y: number;
    readonly layout: PlotLayout;
  },
): VNode {
  const middle = y + LANE / 2;
  const marks = lane.places.map(([from, to]) =>
    from === to
      ? name === "diverged"
        ? `M${x(from) - 3} ${middle - 4}l6 8m-6 0l6-8`
        : `M${x(from)} ${middle - 5}v10`
      : `M${x(from)} ${middle - 4}H${x(to)}v8H${x(from)}z`
  ).join("");
  return (
    <g>
      <rect
        class="history-lane"
        x={left}
        y={y + 1}
        width={right - left}
        height={LANE - 2}
      />
      <text class="tick lane-name" x={left - 8} y={middle + 4} text-anchor="end">{name}</text>
      <path class={`history-${name}`} d={marks} />
    </g>
  );
}

function Improvements({ history, sweep }: HistoryProps): VNode {
  const shown = history.best.slice(-ROWS).toReversed();
  const total = history.improvements + 1;
  return (
    <>
      <table>
        <caption class="note">
          Each new best, the last one first: {formatCount(shown.length)} of{" "}
          {formatCount(total)}. Every trial is{" "}
          <a href={`/s/${sweep}/trials`}>in the table of trials</a>.
        </caption>
        <thead>
          <tr>
            <th scope="col" class="number">number</th>
            <th scope="col" class="number">best {history.metric} so far</th>
            <th scope="col" class="number">trial</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ place, value, trial }) => (
            <tr key={place}>
              <td class="number">{formatCount(place)}</td>
              <td class="number">{formatNumber(value)}</td>
              <td class="number">
                <a href={`/s/${sweep}/t/${trial}`} aria-label={`trial ${trial}`}>{trial}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
