/** Two objectives against each other: the Pareto front as a step line, dominated ones faint. */
import type { VNode } from "preact";
import { ticks } from "../charts/axis.ts";
import { ChartCard } from "../charts/chart_card.tsx";
import { formatCount, formatNumber, formatValue } from "../parts/format.ts";
import { FilteredNote, filteredWords } from "./filtered_note.tsx";
import type { FilteredConfigurations, ObjectivePlane, PlanePoint } from "./panels_model.ts";
import { BothShapes, PlotGrid, type PlotLayout } from "./plot_layout.tsx";
import { counted, plotted } from "./words.ts";

const HEIGHT = 340;
const TOP = 14;
const BOTTOM = 56;
/** Rows of the table. */
const ROWS = 100;

interface PlaneProps {
  readonly plane: ObjectivePlane;
  readonly sweep: string;
  /** What the address says: the choice keeps the rest of it. */
  readonly kept: readonly (readonly [name: string, value: string])[];
  readonly filtered: FilteredConfigurations | null;
}

/** The figure. */
export function PlaneFigure(props: PlaneProps): VNode {
  const { plane, filtered } = props;
  return (
    <ChartCard
      id="front"
      title="Pareto front"
      sentence={planeSentence(plane)}
      controls={plane.objectives.length > 2 ? <Choice {...props} /> : undefined}
      table={plane.front > 0 ? <Front {...props} /> : undefined}
    >
      <FilteredNote filtered={filtered} />
      {plane.points.length === 0
        ? <p class="empty">No configuration has a number in every objective.</p>
        : <BothShapes draw={(layout) => <Picture {...props} layout={layout} />} />}
    </ChartCard>
  );
}

/** In its place where a filter lets no result through. */
export function NoPlane({ filtered }: { readonly filtered: FilteredConfigurations }): VNode {
  return (
    <section class="card" id="front" aria-labelledby="front-title">
      <h2 id="front-title">Pareto front</h2>
      <p class="empty">
        {filteredWords(filtered)}
      </p>
    </section>
  );
}

/** What the figure shows, from its numbers. */
export function planeSentence(plane: ObjectivePlane): string {
  const { x, y, front, measured, excluded, hypervolume, reference, points, objectives } = plane;
  const many = objectives.length > 2;
  const reach = objectives
    .map(({ name }, index) => `${name} ${formatNumber(reference[index] ?? NaN)}`).join(", ");
  const words = [
    `${formatCount(front)} of ${counted(measured, "configuration")} on the front: no other is as ` +
    `good in ${many ? `all ${objectives.length} objectives` : "both"} and better in one.`,
    many ? `The line joins the best compromises of ${x.name} and ${y.name} alone.` : "",
    front > 0 && hypervolume === null
      ? `Hypervolume not computed: ${formatCount(front)} points in ${objectives.length} ` +
        "objectives would take too long."
      : front > 0
      ? `Hypervolume ${
        formatNumber(hypervolume ?? NaN)
      }: what the front dominates up to ${reach}, a tenth ` +
        "beyond the worst of each."
      : "",
    excluded === 0
      ? ""
      : `${formatCount(excluded)} left out: diverged, or without one of the objectives.`,
    points.length < measured
      ? `Drawn: ${formatCount(points.length)} of ${
        formatCount(measured)
      }, all of the front and of ` +
        "the others those that can be told apart."
      : "",
  ];
  return words.filter((each) => each !== "").join(" ");
}

function Choice({ plane, sweep, kept }: PlaneProps): VNode {
  return (
    <form class="plane-choice" method="get" action={`/s/${sweep}#front`}>
      {kept.filter(([name]) => name !== "x" && name !== "y").map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      {(["x", "y"] as const).map((axis) => (
        <label key={axis}>
          {axis === "x" ? "across" : "up"}
          <select name={axis}>
            {plane.objectives.map(({ name }) => (
              <option key={name} value={name} selected={name === plane[axis].name}>{name}</option>
            ))}
          </select>
        </label>
      ))}
      <button type="submit" class="button">Draw</button>
    </form>
  );
}

function Picture(
  { plane, sweep, layout }: PlaneProps & { readonly layout: PlotLayout },
): VNode {
  const { width, left, right, most } = layout;
  const x = plotted(plane.x.range, [left + 10, right - 10]);
  const y = plotted(plane.y.range, [HEIGHT - BOTTOM - 10, TOP + 10]);
  const front = plane.points.filter(({ isFront }) => isFront);
  const others = plane.points.filter(({ isFront }) => !isFront);
  const better = ({ goal }: { readonly goal: string }): string =>
    goal === "maximize" ? "more is better" : "less is better";
  return (
    <svg
      class="plot"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="group"
      aria-label={`${plane.y.name} by ${plane.x.name}`}
    >
      <PlotGrid layout={layout} range={plane.y.range} y={y} />
      {ticks(plane.x.range, most).map((tick) => (
        <text key={tick} class="tick" x={x(tick)} y={HEIGHT - BOTTOM + 18} text-anchor="middle">
          {formatValue(tick)}
        </text>
      ))}
      <text class="tick" x={(left + right) / 2} y={HEIGHT - 10} text-anchor="middle">
        {plane.x.name} · {better(plane.x)}
      </text>
      <text
        class="tick"
        transform={`translate(16 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)`}
        text-anchor="middle"
      >
        {plane.y.name} · {better(plane.y)}
      </text>
      <path class="plane-others" d={others.map((one) => `M${x(one.x)} ${y(one.y)}h0`).join("")} />
      <path class="plane-front" d={stepPath(plane, x, y)} />
      {front.map((point) => (
        <a key={point.configuration} href={`/s/${sweep}/t/${point.trial}`}>
          <title>{describe(plane, point)}</title>
          <path
            class="plane-mark"
            d={`M${x(point.x)} ${y(point.y) - 6}l6 6-6 6-6-6z`}
          />
        </a>
      ))}
    </svg>
  );
}

function describe({ x, y }: ObjectivePlane, point: PlanePoint): string {
  return `${x.name} ${formatNumber(point.x)}, ${y.name} ${formatNumber(point.y)}, trial ` +
    `${point.trial}`;
}

type Place = (value: number) => number;

/**
 * What can be had at least: between two corners no more of both than the worse of each. Which way the
 * steps go first depends on which way the first objective is better.
 */
function stepPath({ steps, x: { goal } }: ObjectivePlane, x: Place, y: Place): string {
  return steps.map(([across, up], index) => {
    const [cx, cy] = [x(across), y(up)];
    if (index === 0) return `M${cx} ${cy}`;
    return goal === "minimize" ? `H${cx}V${cy}` : `V${cy}H${cx}`;
  }).join("");
}

function Front({ plane, sweep }: PlaneProps): VNode {
  const front = plane.points.filter(({ isFront }) => isFront)
    .toSorted((a, b) => plane.x.goal === "minimize" ? a.x - b.x : b.x - a.x);
  const shown = front.slice(0, ROWS);
  return (
    <table>
      <caption class="note">
        The front, the best {plane.x.name} first: {formatCount(shown.length)} of{" "}
        {formatCount(front.length)}.
      </caption>
      <thead>
        <tr>
          <th scope="col" class="number">{plane.x.name}</th>
          <th scope="col" class="number">{plane.y.name}</th>
          <th scope="col" class="number">replicates</th>
          <th scope="col" class="number">trial</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ configuration, trial, x, y, runs }) => (
          <tr key={configuration}>
            <td class="number">{formatNumber(x)}</td>
            <td class="number">{formatNumber(y)}</td>
            <td class="number">{runs}</td>
            <td class="number">
              <a href={`/s/${sweep}/t/${trial}`} aria-label={`trial ${trial}`}>{trial}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
