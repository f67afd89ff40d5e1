/** The empirical distribution of the objective, as a curve of steps. */
import type { VNode } from "preact";
import { objectiveAxis, objectiveShare } from "../../state/parameters_axes.ts";
import { axisTicks } from "../charts/scale.ts";
import { formatCount, formatNumber } from "../parts/format.ts";
import type { ParametersSnapshot } from "./parameters_model.ts";
import { ChartCard } from "../charts/chart_card.tsx";
import { configurations } from "./words.ts";

const WIDTH = 560;
const HEIGHT = 360;
const LEFT = 72;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 54;

/** The figure. */
export function EdfFigure({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { distribution } = page;
  return (
    <ChartCard
      id="edf"
      title="Distribution of the objective"
      sentence={sentence(page)}
      table={distribution.n > 0 && <Quantiles page={page} />}
    >
      {distribution.steps.length === 0
        ? <p class="empty">No completed configuration has a number.</p>
        : <Picture page={page} />}
    </ChartCard>
  );
}

function sentence({ distribution, objective }: ParametersSnapshot): string {
  const { n, diverged, isThinned, quantiles } = distribution;
  const reached = (percent: number): string => {
    const value = quantiles.find(([at]) => at === percent)?.[1] ?? null;
    return value === null ? "diverged" : formatNumber(value);
  };
  const better = objective.goal === "maximize" ? "or more" : "or less";
  const summary = n === 0
    ? ""
    : ` Half of them reach ${reached(50)} ${better}, the best 10 % ${reached(10)} ${better}.`;
  return `The share of the ${configurations(n)} that completed whose ${objective.metric} is at ` +
    `most a value${
      diverged > 0 ? `; ${formatCount(diverged)} diverged and count as worse than any` : ""
    }.` +
    `${summary}${isThinned ? " Drawn at 200 evenly spaced shares." : ""}`;
}

function Picture({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { distribution: { steps }, objective } = page;
  const { metric, beyond } = objective;
  const xAt = (share: number): number => LEFT + share * (WIDTH - LEFT - RIGHT);
  const x = (value: number): number => xAt(objectiveShare(objective, value));
  const y = (share: number): number => HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  const [first] = steps;
  const last = steps.at(-1);
  const path = steps.map(([value, share], index) =>
    index === 0
      ? `M${LEFT} ${round(y(share))}H${round(x(value))}`
      : `H${round(x(value))}V${round(y(share))}`
  ).join("");
  return (
    <svg
      class="plot"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Distribution of ${metric}, from ${formatNumber(first?.[0] ?? 0)} to ${
        formatNumber(last?.[0] ?? 0)
      }`}
    >
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={`y${share}`}>
          <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(share)} y2={y(share)} />
          <text class="tick" x={LEFT - 6} y={y(share) + 4} text-anchor="end">
            {100 * share} %
          </text>
        </g>
      ))}
      {axisTicks(objectiveAxis(objective), 7).map(({ at, label }) => (
        <text key={`x${label}`} class="tick" x={xAt(at)} y={HEIGHT - 30} text-anchor="middle">
          {label}
        </text>
      ))}
      <text class="tick" x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 6} text-anchor="middle">
        {metric}
        {beyond > 0 && ` (${formatCount(beyond)} beyond the end)`}
      </text>
      <path class="edf-line" d={`${path}H${WIDTH - RIGHT}`} />
    </svg>
  );
}

function Quantiles({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { distribution: { quantiles }, objective } = page;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">the best</th>
          <th scope="col" class="number">
            reach {objective.metric} {objective.goal === "maximize" ? "of at least" : "of at most"}
          </th>
        </tr>
      </thead>
      <tbody>
        {quantiles.map(([percent, value]) => (
          <tr key={percent}>
            <td>{percent} %</td>
            <td class="number">{value === null ? "diverged" : formatNumber(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
