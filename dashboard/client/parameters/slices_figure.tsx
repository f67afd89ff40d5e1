/** Small multiples: each parameter against the objective. */
import type { VNode } from "preact";
import type { ParameterValue } from "../../../core/domain/hyperparameters.ts";
import { formatCount, formatNumber } from "../parts/format.ts";
import type {
  ObjectiveScale,
  ParameterAxis,
  ParametersSnapshot,
  Slice,
} from "./parameters_model.ts";
import { objectiveAxis, objectiveShare, positionOn } from "../../state/parameters_axes.ts";
import { ChartCard } from "../charts/chart_card.tsx";
import { spreadOf } from "./parallel_layout.ts";
import { axisTicks } from "../charts/scale.ts";
import { betterWords, configurations } from "./words.ts";

const WIDTH = 340;
const HEIGHT = 220;
const LEFT = 56;
const RIGHT = 14;
const TOP = 12;
const BOTTOM = 40;
const GOLDEN = 0.618033988749895;

/** The figure. */
export function SlicesFigure({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { slices, objective } = page;
  return (
    <ChartCard
      id="slices"
      title="Each parameter against the objective"
      sentence={`A point is a configuration; its bar is one standard deviation over replicates to ` +
        `either side, where there are several. Filled points are the best 10 % by ` +
        `${objective.metric} (${betterWords(objective)}).`}
      table={<SliceTables page={page} />}
    >
      <div class="multiples">
        {slices.map((slice) => <One key={slice.axis.name} slice={slice} objective={objective} />)}
      </div>
    </ChartCard>
  );
}

function One(
  { slice, objective }: { readonly slice: Slice; readonly objective: ObjectiveScale },
): VNode {
  const { axis, points, total } = slice;
  const name = axis.name;
  return (
    <div class="multiple">
      <h3>{name}</h3>
      {points.length === 0
        ? <p class="empty">No completed configuration has it.</p>
        : <Picture slice={slice} objective={objective} />}
      <p class="note">
        {points.length < total
          ? `${formatCount(points.length)} of ${
            configurations(total)
          } drawn: the best half, and others evenly`
          : configurations(total)}
        {axis.kind === "number" && axis.scale === "log" && " · log scale"}
      </p>
    </div>
  );
}

function Picture(
  { slice: { axis, points }, objective }: {
    readonly slice: Slice;
    readonly objective: ObjectiveScale;
  },
): VNode {
  const { metric } = objective;
  const x = (share: number): number => LEFT + share * (WIDTH - LEFT - RIGHT);
  const yAt = (share: number): number => HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  const y = (value: number): number => yAt(objectiveShare(objective, value));
  const placed = points.map((point, index) => ({
    ...point,
    at: round(x(placeOf(axis, point.value, { index, of: points.length }))),
  }));
  const dots = (best: boolean): string =>
    placed.filter(({ isBest }) => isBest === best)
      .map(({ at, mean }) => `M${at} ${round(y(mean))}h0`).join("");
  const bars = placed.flatMap(({ at, mean, sd }) =>
    sd === null ? [] : [`M${at} ${round(y(mean - sd))}V${round(y(mean + sd))}`]
  ).join("");
  return (
    <svg
      class="plot"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${metric} by ${axis.name}, ${configurations(points.length)}`}
    >
      {axisTicks(objectiveAxis(objective), 6).map(({ at, label }) => (
        <g key={`y${label}`}>
          <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={yAt(at)} y2={yAt(at)} />
          <text class="tick" x={LEFT - 6} y={yAt(at) + 4} text-anchor="end">{brief(label)}</text>
        </g>
      ))}
      {axisTicks(axis, 5).map(({ at, label }) => (
        <text key={`x${at}`} class="tick" x={x(at)} y={HEIGHT - 20} text-anchor="middle">
          {label.length > 9 ? `${label.slice(0, 8)}…` : label}
        </text>
      ))}
      <path class="slice-bars" d={bars} />
      <path class="slice-rim" d={dots(false)} />
      <path class="slice-core" d={dots(false)} />
      <path class="slice-best" d={dots(true)} />
    </svg>
  );
}

/** Points of one choice lie side by side: by the golden ratio no two of them for long. */
function placeOf(
  axis: ParameterAxis,
  value: ParameterValue,
  { index, of }: { readonly index: number; readonly of: number },
): number {
  const place = positionOn(axis, value) ?? 0;
  if (axis.kind === "number") return place;
  return place + ((index * GOLDEN) % 1 - 0.5) * spreadOf(axis.values.length, of);
}

function SliceTables({ page }: { readonly page: ParametersSnapshot }): VNode {
  return (
    <>
      {page.slices.map(({ axis, bins }) => (
        <table key={axis.name}>
          <caption class="strong">{axis.name}</caption>
          <thead>
            <tr>
              <th scope="col">value</th>
              <th scope="col" class="number">configurations</th>
              <th scope="col" class="number">mean</th>
              <th scope="col" class="number">best</th>
            </tr>
          </thead>
          <tbody>
            {bins.map(({ label, n, mean, best }) => (
              <tr key={label}>
                <td>{label}</td>
                <td class="number">{formatCount(n)}</td>
                <td class="number">{mean === null ? "–" : formatNumber(mean)}</td>
                <td class="number">{best === null ? "–" : formatNumber(best)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </>
  );
}

function brief(label: string): string {
  return label.length > 8 ? Number(label.replaceAll(",", "")).toExponential(1) : label;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
