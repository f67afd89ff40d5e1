/** Trials as a table: a window of its rows, sorted by any column. */
import type { VNode } from "preact";
import { QueryLink } from "../parts/query_link.tsx";
import { handleRowKey } from "./row_keys.ts";
import { TrialCells } from "./trial_cells.tsx";
import type { TrialTableProps } from "./trial_table_props.ts";
import type { TableRow, TrialColumn } from "./trials_model.ts";
import type { TrialsQuery } from "./trials_query.ts";

/** The table. */
export function TrialTable(props: TrialTableProps): VNode {
  const { snapshot: { columns, shown, rows, query, matching, baseline }, onMark } = props;
  const first = (query.page - 1) * query.size;
  const drawn = columns.filter(({ id }) => shown.includes(id));
  return (
    <div class="scroll edged" role="region" aria-label="Table of trials" tabIndex={0}>
      <table
        class="trial-table"
        aria-rowcount={matching + 1}
        onKeyDown={onMark && ((event: KeyboardEvent) => handleRowKey(event, onMark))}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" class="mark-cell">
              <span class="visually-hidden">compare</span>
            </th>
            {drawn.map((column) => <Head key={column.id} column={column} {...props} />)}
          </tr>
        </thead>
        {baseline !== null && (
          <tbody class="pinned">
            <tr data-baseline={baseline.trial}>
              <td class="mark-cell" />
              <TrialCells {...props} row={baseline} columns={drawn} isBaseline />
            </tr>
          </tbody>
        )}
        <tbody>
          {rows.map((row, index) => (
            <tr
              key={row.trial}
              aria-rowindex={first + index + 2}
              data-trial={row.trial}
              tabIndex={onMark && (index === 0 ? 0 : -1)}
            >
              <Mark row={row} {...props} />
              <TrialCells {...props} row={row} columns={drawn} />
            </tr>
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
  goal: "maximize" | "minimize" | null,
): TrialsQuery {
  const isFirst = query.sort !== id;
  const isDownFirst = goal === "maximize";
  return { ...query, sort: id, descending: isFirst ? isDownFirst : !query.descending, page: 1 };
}

/** What stands above a configuration's cells where it is not what stands above a trial's. */
const GROUPED: Readonly<Record<string, string>> = { trial: "best run", replicate: "runs" };

function Head(
  props: TrialTableProps & { readonly column: TrialColumn },
): VNode {
  const { column, snapshot: { query, baseline }, hrefOf, onQuery, onFilterBy } = props;
  const next = nextSort(query, column.id, column.goal);
  const isSorted = query.sort === column.id;
  const order = query.descending ? "descending" : "ascending";
  return (
    <>
      <th
        scope="col"
        class={column.isNumber ? "number" : ""}
        aria-sort={isSorted ? order : undefined}
      >
        <QueryLink query={next} href={hrefOf(next)} onQuery={onQuery}>
          {query.by === "trial" ? column.label : GROUPED[column.id] ?? column.label}
          {isSorted && <span aria-hidden="true">{query.descending ? " ↓" : " ↑"}</span>}
        </QueryLink>
        {onFilterBy && (
          <button
            type="button"
            class="head-filter"
            aria-label={`Filter by ${column.label}`}
            title={`Filter by ${column.label}`}
            onClick={() => onFilterBy(column.filter)}
          >
            ⌕
          </button>
        )}
      </th>
      {column.id === "objective" && baseline !== null && (
        <th scope="col" class="number">
          Δ to{" "}
          {query.by === "trial" ? `trial ${baseline.trial}` : `config. ${baseline.configuration}`}
        </th>
      )}
    </>
  );
}

function Mark(
  { row, snapshot: { query }, onMark }: TrialTableProps & { readonly row: TableRow },
): VNode {
  return (
    <td class="mark-cell">
      <input
        type="checkbox"
        name="t"
        value={row.trial}
        checked={query.marked.includes(row.trial)}
        aria-label={`Compare trial ${row.trial}`}
        onChange={onMark && (() => onMark(row.trial))}
      />
    </td>
  );
}
