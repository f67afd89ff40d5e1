/** The heat map: a table whose cells are coloured, so that it is its own table view. */
import type { VNode } from "preact";
import { formatCount, formatNumber } from "../parts/format.ts";
import {
  CELL_STATISTICS,
  type CellStatistic,
  type HeatCell,
  type HeatMap,
  type ParametersSnapshot,
} from "./parameters_model.ts";
import { ChartCard, WideChart } from "../charts/chart_card.tsx";
import { ColourLegend } from "../charts/colour_legend.tsx";
import { parametersHref, trialsHref } from "./links.ts";
import { PairForm } from "./pair_form.tsx";
import { configurations } from "./words.ts";

const STATISTIC_WORDS: Readonly<Record<CellStatistic, string>> = {
  mean: "mean",
  best: "best",
  count: "number of configurations",
  sd: "standard deviation over configurations",
};

/** The figure. */
export function HeatMapFigure({ page }: { readonly page: ParametersSnapshot }): VNode {
  const { heatMap } = page;
  if (heatMap === null) {
    return (
      <ChartCard id="heat-map" title="Two parameters" sentence="Fewer than two parameters vary.">
        <p class="empty">There is nothing to set against each other.</p>
      </ChartCard>
    );
  }
  return (
    <ChartCard
      id="heat-map"
      title={`${heatMap.x} × ${heatMap.y}`}
      sentence={sentence(heatMap, page)}
      controls={<StatisticChoice page={page} map={heatMap} />}
    >
      <PairForm
        page={page}
        chart="heat-map"
        sides={[["x", "across", heatMap.x], ["y", "down", heatMap.y]]}
      />
      <WideChart label={`${heatMap.x} by ${heatMap.y}, scrolls sideways`}>
        <Grid page={page} map={heatMap} />
      </WideChart>
      <Legend page={page} map={heatMap} />
    </ChartCard>
  );
}

function sentence(map: HeatMap, { objective }: ParametersSnapshot): string {
  const { statistic, counted, left } = map;
  const what = statistic === "count"
    ? "the number of configurations"
    : `${objective.metric}, the ${
      STATISTIC_WORDS[statistic]
    } of the cell's completed configurations`;
  const others = left === 0 ? "" : ` ${formatCount(left)} others have no place in it.`;
  return `Each cell tells ${what}: ${configurations(counted)}.${others}${
    best(map, objective.goal)
  }`;
}

function best({ columns, rows, cells, statistic }: HeatMap, goal: "maximize" | "minimize"): string {
  if (statistic !== "mean" && statistic !== "best") return "";
  const sign = goal === "maximize" ? 1 : -1;
  const [first] = cells
    .flatMap((line, row) =>
      line.flatMap(({ value }, column) => value === null ? [] : [{ value, row, column }])
    )
    .sort((a, b) => sign * (b.value - a.value));
  if (first === undefined) return "";
  return ` The best cell is ${columns[first.column]?.label} by ${rows[first.row]?.label} with ${
    formatNumber(first.value)
  }.`;
}

function StatisticChoice(
  { page, map }: { readonly page: ParametersSnapshot; readonly map: HeatMap },
): VNode {
  const { facts: { sweep }, query } = page;
  return (
    <nav class="chips" aria-label="What the cells tell">
      {CELL_STATISTICS.map((statistic) => (
        <a
          key={statistic}
          href={`${parametersHref({ sweep, query }, { cell: statistic })}#heat-map`}
          aria-current={statistic === map.statistic ? "true" : undefined}
        >
          {statistic}
        </a>
      ))}
    </nav>
  );
}

function Grid({ page, map }: { readonly page: ParametersSnapshot; readonly map: HeatMap }): VNode {
  const { columns, rows, cells, x, y } = map;
  return (
    <table class="heat">
      <thead>
        <tr>
          <th scope="col">{y} ↓ {x} →</th>
          {columns.map(({ label }) => <th key={label} scope="col" class="number">{label}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map((bin, row) => (
          <tr key={bin.label}>
            <th scope="row">{bin.label}</th>
            {columns.map((column, at) => (
              <Cell
                key={column.label}
                cell={cells[row]?.[at]}
                isCount={map.statistic === "count"}
                href={trialsHref(page.facts.sweep, [
                  { name: x, bin: column, isLast: at === columns.length - 1 },
                  { name: y, bin, isLast: row === 0 },
                ])}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell(
  { cell, isCount, href }: {
    readonly cell: HeatCell | undefined;
    readonly isCount: boolean;
    readonly href: string | null;
  },
): VNode {
  if (cell === undefined || cell.n + cell.diverged === 0) {
    return (
      <td class="number heat-empty">
        <span class="visually-hidden">none</span>
      </td>
    );
  }
  const title = `${configurations(cell.n)} completed` +
    (cell.diverged > 0 ? `, ${cell.diverged} diverged` : "");
  const text = cell.value === null
    ? cell.n === 0 ? "diverged" : "–"
    : isCount
    ? formatCount(cell.value)
    : formatNumber(cell.value);
  return (
    <td
      class={`number ${cell.step === null ? "heat-plain" : `tone seq-${cell.step}`}`}
      title={title}
    >
      {href === null ? text : <a href={href}>{text}</a>}
      {!isCount && cell.value !== null && cell.diverged > 0 && (
        <span class="heat-mark" aria-label={`, ${cell.diverged} diverged`} role="img">∞</span>
      )}
    </td>
  );
}

function Legend(
  { page, map }: { readonly page: ParametersSnapshot; readonly map: HeatMap },
): VNode {
  const { range, statistic } = map;
  const hasDiverged = map.cells.some((line) => line.some(({ diverged }) => diverged > 0));
  const isScore = statistic === "mean" || statistic === "best";
  const [low, high] = range ?? [0, 0];
  const [first, last] = isScore && page.objective.goal === "minimize" ? [high, low] : [low, high];
  const write = statistic === "count" ? formatCount : formatNumber;
  return (
    <ColourLegend
      low={`${isScore ? "worse " : ""}${range === null ? "–" : write(first)}`}
      high={`${range === null ? "–" : write(last)}${isScore ? " better" : ""}`}
    >
      <span class="line-key">
        <span class="heat-swatch heat-empty" aria-hidden="true" /> nothing tried
      </span>
      {hasDiverged && <span class="line-key">∞ some diverged</span>}
    </ColourLegend>
  );
}
