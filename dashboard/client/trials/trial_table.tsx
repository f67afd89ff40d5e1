/** Trials as a table: a window of its rows, sorted by any column. */
import type { VNode } from "preact";
import { formatCount, formatDuration, formatNumber } from "../parts/format.ts";
import { QueryLink } from "../parts/query_link.tsx";
import { StatePill } from "../parts/state_pill.tsx";
import type { TrialColumn, TrialRow, TrialsSnapshot } from "./trials_model.ts";
import type { TrialsQuery } from "./trials_query.ts";

/** What the table needs. */
export interface TrialTableProps {
  readonly snapshot: TrialsSnapshot;
  readonly hrefOf: (query: TrialsQuery) => string;
  readonly onQuery?: ((query: TrialsQuery) => void) | undefined;
  /** The trials that are marked, on other pages of the table as well. */
  readonly marked?: readonly number[] | undefined;
  readonly onMark?: ((trial: number) => void) | undefined;
}

/** The table. */
export function TrialTable(props: TrialTableProps): VNode {
  const { snapshot: { columns, rows, query, matching } } = props;
  const first = (query.page - 1) * query.size;
  return (
    <div class="scroll" role="region" aria-labelledby="trials-title" tabIndex={0}>
      <table class="trial-table" aria-rowcount={matching + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" class="mark-cell">
              <span class="visually-hidden">compare</span>
            </th>
            {columns.map((column) => <Head key={column.id} column={column} {...props} />)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row key={row.trial} row={row} place={first + index + 2} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The objective is wanted best first, everything else smallest first; again: the other way round. */
export function nextSort(
  query: TrialsQuery,
  id: string,
  goal: "maximize" | "minimize",
): TrialsQuery {
  const isFirst = query.sort !== id;
  const isDownFirst = (id === "objective" || id === "test") && goal === "maximize";
  return { ...query, sort: id, descending: isFirst ? isDownFirst : !query.descending, page: 1 };
}

function Head(
  { column, snapshot: { query, facts }, hrefOf, onQuery }: TrialTableProps & {
    readonly column: TrialColumn;
  },
): VNode {
  const next = nextSort(query, column.id, facts.goal);
  const isSorted = query.sort === column.id;
  const order = query.descending ? "descending" : "ascending";
  return (
    <th
      scope="col"
      class={column.isNumber ? "number" : ""}
      aria-sort={isSorted ? order : undefined}
    >
      <QueryLink query={next} href={hrefOf(next)} onQuery={onQuery}>
        {column.label}
        {isSorted && <span aria-hidden="true">{query.descending ? " ↓" : " ↑"}</span>}
      </QueryLink>
    </th>
  );
}

function Row(props: TrialTableProps & { readonly row: TrialRow; readonly place: number }): VNode {
  const { row, place, snapshot: { facts, columns }, marked = [], onMark } = props;
  return (
    <tr aria-rowindex={place} data-trial={row.trial}>
      <td class="mark-cell">
        <input
          type="checkbox"
          name="t"
          value={row.trial}
          checked={marked.includes(row.trial)}
          aria-label={`Compare trial ${row.trial}`}
          onChange={onMark && (() => onMark(row.trial))}
        />
      </td>
      <td class="number strong">
        <a href={`/s/${facts.sweep}/t/${row.trial}`} aria-label={`trial ${row.trial}`}>
          {row.trial}
        </a>
      </td>
      <td>
        <StatePill state={row.state} />
      </td>
      <td class="number strong">{measured(row.objective)}</td>
      <td class="number">{measured(row.test)}</td>
      {row.values.map((value, index) => <td key={index} class="number value">{value}</td>)}
      <td class="number">{row.configuration}</td>
      {columns.some(({ id }) => id === "replicate") && <td class="number">{row.replicate}</td>}
      <td class="number">{formatCount(row.epochs)}</td>
      <td class="number">{row.attempts}</td>
      <td class="number">
        <Pack {...props} />
      </td>
      <td class="number">{row.durationMs === null ? "–" : formatDuration(row.durationMs)}</td>
      <td>{row.worker ?? "–"}</td>
    </tr>
  );
}

function Pack(
  { row: { pack, lanes }, snapshot: { query }, hrefOf, onQuery }: TrialTableProps & {
    readonly row: TrialRow;
  },
): VNode {
  if (pack === null) return <>–</>;
  const only = { ...query, pack, page: 1 };
  return (
    <>
      <QueryLink
        query={only}
        href={hrefOf(only)}
        onQuery={onQuery}
        label={`Show only pack ${pack}, of ${lanes} lanes`}
      >
        {pack}
      </QueryLink>{" "}
      <span class="faint">({lanes})</span>
    </>
  );
}

function measured(value: number | null): string {
  return value === null ? "–" : formatNumber(value);
}
