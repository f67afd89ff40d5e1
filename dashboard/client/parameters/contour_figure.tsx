/** The contour of two numeric parameters: an interpolated surface, and the points it was made from. */
import type { VNode } from "preact";
import { ChartCard, WideChart } from "../charts/chart_card.tsx";
import { ColourLegend } from "../charts/colour_legend.tsx";
import { axisTicks } from "../charts/scale.ts";
import { formatCount, formatNumber, formatValue } from "../parts/format.ts";
import { BOTTOM, contourX, contourY, HEIGHT, LEFT, RIGHT, TOP, WIDTH } from "./contour_layout.ts";
import { PairForm } from "./pair_form.tsx";
import type { ContourMap, ParameterAxis, ParametersSnapshot } from "./parameters_model.ts";
import { PointTable } from "./point_table.tsx";
import { configurations } from "./words.ts";

/** The figure; nothing where fewer than two parameters are numbers. */
export function ContourFigure({ page }: { readonly page: ParametersSnapshot }): VNode | null {
  const { contour } = page;
  if (contour === null) return null;
  return (
    <ChartCard
      id="contour"
      title={`${contour.x} × ${contour.y}, interpolated`}
      sentence={sentence(contour, page)}
      table={contour.range && <PointTable page={page} />}
    >
      <PairForm
        page={page}
        chart="contour"
        sides={[["cx", "across", contour.x], ["cy", "up", contour.y]]}
      />
      {contour.range === null
        ? <p class="empty">Too few configurations have both and a number.</p>
        : (
          <>
            <WideChart label={`Contour of ${contour.x} and ${contour.y}, scrolls sideways`}>
              <Picture page={page} contour={contour} />
            </WideChart>
            <Legend page={page} range={contour.range} />
          </>
        )}
    </ChartCard>
  );
}

function sentence(
  { n, left, bandwidths, points, levels }: ContourMap,
  { objective }: ParametersSnapshot,
): string {
  const others = left === 0 ? "" : ` ${formatCount(left)} others have no place in it.`;
  if (bandwidths === null) return `Made from ${configurations(n)}.${others}`;
  const widths = bandwidths.map((width) => `${(100 * width).toFixed(0)} %`).join(" and ");
  const drawn = points.length < n
    ? `${formatCount(points.length)} of ${formatCount(n)} points are drawn: the best half, and ` +
      "others evenly."
    : `Every point is a configuration: ${formatCount(n)} of ${formatCount(n)}.`;
  const lines = levels.length === 0
    ? ""
    : ` Lines are at ${levels.map(({ level }) => formatValue(level)).join(", ")}.`;
  return `The colour between the points is not measured: it is the mean of ${objective.metric} over ` +
    `configurations, weighted by a Gaussian kernel (Nadaraya–Watson; Scott's bandwidths, ${widths} ` +
    `of the axes), whatever their other parameters are. Hatched: no configuration is near. ` +
    `${drawn}${lines}${others}`;
}

function Picture(
  { page: { facts, objective }, contour }: {
    readonly page: ParametersSnapshot;
    readonly contour: ContourMap;
  },
): VNode {
  const { xAxis, yAxis, bands, levels, gaps, points } = contour;
  return (
    <svg
      class="plot contour"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${objective.metric} by ${contour.x} and ${contour.y}, interpolated between ${
        configurations(contour.n)
      }`}
    >
      <defs>
        <pattern id="hatch-gap" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect class="gap-ground" width="8" height="8" />
          <path class="gap-hatch" d="M-2 10 10 -2M-2 2 2 -2M6 10 10 6" />
        </pattern>
      </defs>
      {bands.map(({ step, path }) => (
        <path
          key={step}
          class={`contour-band seq-${step}`}
          d={path}
        />
      ))}
      <path class="contour-gap" d={gaps} />
      {levels.map(({ level, path }) => (
        <path key={level} class="contour-line" d={path}>
          <title>{formatValue(level)}</title>
        </path>
      ))}
      {points.map(({ trial, x, y, mean }) => (
        <circle
          key={trial}
          class="contour-point"
          data-trial={trial}
          cx={round(contourX(x))}
          cy={round(contourY(y))}
          r="3.5"
        >
          <title>
            {`trial ${trial} of ${facts.name}: ${objective.metric} ${formatNumber(mean)}`}
          </title>
        </circle>
      ))}
      <Axes x={xAxis} y={yAxis} />
    </svg>
  );
}

function Axes({ x, y }: { readonly x: ParameterAxis; readonly y: ParameterAxis }): VNode {
  const note = (axis: ParameterAxis): string =>
    axis.kind === "number" && axis.scale === "log" ? `${axis.name} (log)` : axis.name;
  return (
    <>
      {axisTicks(x, 5).map(({ at, label }) => (
        <text key={`x${label}`} class="tick" x={contourX(at)} y={HEIGHT - 32} text-anchor="middle">
          {label}
        </text>
      ))}
      {axisTicks(y, 7).map(({ at, label }) => (
        <text key={`y${label}`} class="tick" x={LEFT - 6} y={contourY(at) + 4} text-anchor="end">
          {label}
        </text>
      ))}
      <text class="tick" x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 8} text-anchor="middle">
        {note(x)}
      </text>
      <text
        class="tick axis-up"
        transform={`translate(14 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)`}
        text-anchor="middle"
      >
        {note(y)}
      </text>
    </>
  );
}

function Legend(
  { page: { objective: { goal } }, range: [min, max] }: {
    readonly page: ParametersSnapshot;
    readonly range: readonly [number, number];
  },
): VNode {
  const [worst, best] = goal === "maximize" ? [min, max] : [max, min];
  return (
    <ColourLegend low={`worse ${formatNumber(worst)}`} high={`${formatNumber(best)} better`}>
      <span class="line-key">
        <span class="heat-swatch heat-empty" aria-hidden="true" /> no configuration near
      </span>
    </ColourLegend>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
