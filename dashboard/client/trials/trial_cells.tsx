/** The cells of a row of the table of trials. */
import type { ComponentChildren, VNode } from "preact";
import {
  formatCount,
  formatDuration,
  formatNumber,
  formatSigned,
  formatValue,
} from "../parts/format.ts";
import { QueryLink } from "../parts/query_link.tsx";
import { StatePill } from "../parts/state_pill.tsx";
import { withTerm } from "./filter_terms.ts";
import type { TrialTableProps } from "./trial_table_props.ts";
import type { MeasuredCell, TableRow, TrialColumn } from "./trials_model.ts";
import type { TrialsQuery } from "./trials_query.ts";

interface RowProps extends TrialTableProps {
  readonly row: TableRow;
  readonly isBaseline?: boolean;
}

interface CellProps extends RowProps {
  readonly column: TrialColumn;
}

/** The cells of the columns that are shown. */
export function TrialCells(
  { columns, ...props }: RowProps & { readonly columns: readonly TrialColumn[] },
): VNode {
  return <>{columns.map((column) => <Cell key={column.id} {...props} column={column} />)}</>;
}

function Cell(props: CellProps): VNode {
  const { column: { id, label }, row, snapshot: { facts, query, baseline } } = props;
  const measured = row.measured[id];
  if (measured !== undefined) {
    return (
      <>
        <Measured cell={measured} isObjective={id === "objective"} />
        {id === "objective" && baseline !== null && <DeltaCell {...props} />}
      </>
    );
  }
  if (id.startsWith("p.")) {
    const place = facts.varied.indexOf(label);
    const value = row.exact[place] ?? "";
    return (
      <td class="number value" title={value === row.values[place] ? undefined : value}>
        {value === "" ? "–" : <Only {...props} value={value}>{row.values[place]}</Only>}
      </td>
    );
  }
  switch (id) {
    case "trial":
      return <Trial {...props} />;
    case "state":
      return <States {...props} />;
    case "configuration":
      return (
        <td class="number">
          <Only {...props} value={String(row.configuration)}>{row.configuration}</Only>
        </td>
      );
    case "replicate":
      return (
        <td class="number">{query.by === "configuration" ? <Runs {...props} /> : row.replicate}</td>
      );
    case "trained":
      return <td class="number">{formatCount(row.epochs)}</td>;
    case "attempts":
      return <td class="number">{row.attempts}</td>;
    case "pack":
      return <Pack {...props} />;
    case "seconds":
      return (
        <td class="number">{row.durationMs === null ? "–" : formatDuration(row.durationMs)}</td>
      );
    default:
      return <Worker {...props} />;
  }
}

/** A value that a click makes the only one to be shown. */
function Only(
  { column, value, children, ...props }: CellProps & {
    readonly value: string;
    readonly children: ComponentChildren;
  },
): VNode {
  const { snapshot: { query, names }, hrefOf, onQuery } = props;
  const term = { name: column.filter, comparison: "=", value } as const;
  const next = { ...query, text: withTerm(query.text, term, names), page: 1 };
  return (
    <QueryLink
      query={next}
      href={hrefOf(next)}
      onQuery={onQuery}
      label={`Only ${column.label} = ${
        formatValue(Number.isNaN(Number(value)) ? value : Number(value))
      }`}
    >
      {children}
    </QueryLink>
  );
}

function Measured(
  { cell, isObjective }: { readonly cell: MeasuredCell; readonly isObjective: boolean },
): VNode {
  const { value, ci95, n, rank, of, step } = cell;
  const title = rank === null ? undefined : `rank ${formatCount(rank)} of ${formatCount(of)}`;
  return (
    <td class={`number heat-${step}${isObjective ? " strong" : ""}`} title={title}>
      {value === null ? "–" : formatNumber(value)}
      {ci95 !== null && (
        <span class="spread" title={`Student's t over ${n} runs`}>
          ± {formatNumber((ci95[1] - ci95[0]) / 2)}
        </span>
      )}
    </td>
  );
}

function DeltaCell({ row: { delta }, snapshot: { facts }, isBaseline = false }: CellProps): VNode {
  if (delta === null) return <td class="number faint">{isBaseline ? "baseline" : "–"}</td>;
  const { value, ci95, n } = delta;
  const isBetter = facts.goal === "maximize" ? value > 0 : value < 0;
  const [here, there] = n;
  const runs = `${here} run${here === 1 ? "" : "s"} against ${there}`;
  return (
    <td class={`number delta ${value === 0 ? "" : isBetter ? "better" : "worse"}`} title={runs}>
      {formatSigned(value)}
      {value !== 0 && <span class="verdict">{isBetter ? " better" : " worse"}</span>}
      {ci95 !== null
        ? <span class="spread">{`${formatSigned(ci95[0])} … ${formatSigned(ci95[1])}`}</span>
        : here + there > 2 && <span class="spread">{`n ${here} : ${there}`}</span>}
    </td>
  );
}

function Trial({ row, snapshot: { facts, query }, hrefOf, onQuery, isBaseline }: CellProps): VNode {
  const next = { ...query, baseline: isBaseline ? null : row.trial };
  return (
    <td class="number strong trial-cell">
      <a
        href={`/s/${facts.sweep}/t/${row.trial}`}
        aria-label={`trial ${row.trial}`}
        data-open=""
      >
        {row.trial}
      </a>
      <QueryLink
        query={next}
        href={hrefOf(next)}
        onQuery={onQuery}
        isChosen={isBaseline}
        label={isBaseline
          ? "Measure against no baseline"
          : `Measure the others against trial ${row.trial}`}
      >
        {isBaseline ? "×" : "Δ"}
      </QueryLink>
    </td>
  );
}

function States({ row: { states }, snapshot: { query } }: CellProps): VNode {
  return (
    <td>
      {states.map(([state, count]) => (
        <span key={state}>
          <StatePill state={state} />
          {query.by === "configuration" && ` ${count} `}
        </span>
      ))}
    </td>
  );
}

/** The way from a configuration to its runs. */
function Runs({ row, snapshot: { query, names }, hrefOf, onQuery }: CellProps): VNode {
  const value = String(row.configuration);
  const term = { name: "configuration", comparison: "=", value } as const;
  const next: TrialsQuery = {
    ...query,
    by: "trial",
    text: withTerm(query.text, term, names),
    page: 1,
  };
  const runs = row.states.reduce((sum, [, count]) => sum + count, 0);
  return (
    <QueryLink
      query={next}
      href={hrefOf(next)}
      onQuery={onQuery}
      label={`The ${runs} trials of configuration ${value}`}
    >
      {runs} {runs === 1 ? "run" : "runs"}
    </QueryLink>
  );
}

function Pack(
  { row: { pack, lanes, states }, snapshot: { query }, hrefOf, onQuery }: CellProps,
): VNode {
  if (pack === null) {
    return <td class="number">{states.some(([, count]) => count > 1) ? "several" : "–"}</td>;
  }
  const only = { ...query, pack, page: 1 };
  return (
    <td class="number">
      <QueryLink
        query={only}
        href={hrefOf(only)}
        onQuery={onQuery}
        label={`Show only pack ${pack}, of ${lanes} lanes`}
      >
        {pack}
      </QueryLink>{" "}
      <span class="faint">({lanes})</span>
    </td>
  );
}

function Worker(
  { row: { worker }, snapshot: { query, workers }, hrefOf, onQuery }: CellProps,
): VNode {
  if (worker === null || !workers.includes(worker)) return <td>{worker ?? "–"}</td>;
  const only = { ...query, worker, page: 1 };
  return (
    <td>
      <QueryLink
        query={only}
        href={hrefOf(only)}
        onQuery={onQuery}
        label={`Only what ${worker} trains`}
      >
        {worker}
      </QueryLink>
    </td>
  );
}
